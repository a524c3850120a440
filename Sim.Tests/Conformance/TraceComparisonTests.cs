using NUnit.Framework;
using Sim.Conformance;

namespace Sim.Tests;

/// <summary>Traces as text, without iterations, and what a comparison says about them.</summary>
public class TraceComparisonTests
{
    [TestCase("t5 i9 F6 p3.2 gather ok", "t5 F6 p3.2 gather ok")]
    [TestCase("t-5 i0 init i.0 log 1", "t-5 init i.0 log 1")]
    [TestCase("t5 init i.0 log 1", "t5 init i.0 log 1")]
    [TestCase("unsupported", "unsupported")]
    public void Iterations_AreTakenOut(string line, string without) =>
        Assert.That(new ProgramTrace("a", [line]).WithoutIterations().Lines, Is.EqualTo((string[])[without]));

    [Test]
    public void Traces_AreReadAsTheyAreWritten()
    {
        const string text = "# a\nt0 i1 F0 start p0\n# b\n";
        Assert.That(string.Concat(TraceFile.Read(text, "x").Select(TraceFile.Write)), Is.EqualTo(text));
        Assert.That(() => TraceFile.Read("t0 i1 x\n", "x.txt"), Throws.TypeOf<ProgramFormatException>().With.Message.EqualTo("x.txt:1: a trace begins with a line \"# id\"."));
    }

    [Test]
    public void TheFirstDifference_IsShownWithWhatStandsAroundIt()
    {
        var comparison = Compare("# a\none\n# b\none\ntwo\nthree\n# c\none\n", "# a\none\n# b\none\ntwo\n# c\nzwei\n");
        Assert.That(comparison.IsEqual, Is.False);
        Assert.That(comparison.Describe(), Is.EqualTo(
            """
            3 programs, 1 equal, 2 different

            first difference: program b, line 3 of 3 expected, 2 actual
                one
                two
              - three
              + (end of trace)

            """));
    }

    [Test]
    public void AProgramOfOneSideOnly_IsADifference()
    {
        var comparison = Compare("# a\none\n# b\none\n", "# b\none\n# c\none\n");
        Assert.That(comparison.IsEqual, Is.False);
        Assert.That(comparison.Describe(), Does.StartWith("3 programs, 1 equal, 2 on one side only\n"));
    }

    private static TraceComparison Compare(string expected, string actual) => new(TraceFile.Read(expected, "e"), TraceFile.Read(actual, "a"));
}
