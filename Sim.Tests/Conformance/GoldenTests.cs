using NUnit.Framework;
using Sim.Conformance;

namespace Sim.Tests;

/// <summary>The loop does what CPython 3.14.2 does, line by line.</summary>
public class GoldenTests
{
    private static readonly string _folder = Path.Combine(SourceTree.Root, "Sim.Tests", "Conformance", "Programs");

    /// <summary>A few programs to read, two of each profile, and those that fuzzing has found.</summary>
    public static IEnumerable<string> Names => Directory.GetFiles(_folder, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    [Test]
    public void AThousandPrograms_RunAsOnCPython_TickForTick()
    {
        var comparison = new TraceComparison(GoldenSet.Traces(), new LoopUnderTest().Run(GoldenSet.Programs()));
        Assert.That(comparison.IsEqual, comparison.Describe());
        Assert.That(comparison.Describe(), Is.EqualTo("1000 programs, 1000 equal\n"));
    }

    [TestCaseSource(nameof(Names))]
    public void AProgram_RunsAsOnCPython(string name)
    {
        // The program as JSON, then the trace, which begins with "# id".
        var text = File.ReadAllText(Path.Combine(_folder, name + ".txt"));
        var trace = text.IndexOf("\n# ", StringComparison.Ordinal) + 1;
        var program = ProgramReader.Read(text[..trace], name, OpFamilies.All.Forms).Single();
        Assert.That(TraceFile.Write(LoopUnderTest.Run(program)), Is.EqualTo(text[trace..]));
    }

    [Test]
    public void EveryOperation_IsInAGoldenProgram_OrRunByATestOfItsOwn()
    {
        var used = string.Concat(GoldenSet.Lines);
        Assert.That(
            OpFamilies.All.Forms.Keys.Where(name => !used.Contains($"\"op\":\"{name}\"", StringComparison.Ordinal)),
            Is.EquivalentTo(["cond_acq", "cond_rel"]));
    }
}
