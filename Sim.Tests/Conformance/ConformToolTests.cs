using NUnit.Framework;
using Sim.Conformance;

namespace Sim.Tests;

/// <summary><c>./dev conform</c>: what it prints and how it ends.</summary>
public class ConformToolTests
{
    private const string Program = """{"id":"one","procs":[[{"op":"sleep","d":5}]],"funcs":[],"phases":[{"k":"ruc","p":0}]}""";

    private const string Trace =
        """
        # one
        t0 i1 F0 start p0
        t5 i3 F0 p0.0 sleep ok
        t5 i3 F0 end none
        t5 i4 loop phase0 none
        t5 i4 loop F0 none

        """;

    [Test]
    public void Files_AreRun_AndTheTraceIsAllThatIsPrinted()
    {
        using var file = new Scratch(Program);
        Expect(ConformTool.Equal, Trace, "", file.Path);
        Expect(ConformTool.Equal, Trace.Replace(" i1", "", StringComparison.Ordinal).Replace(" i3", "", StringComparison.Ordinal).Replace(" i4", "", StringComparison.Ordinal), "", file.Path, "--no-iter");
        Expect(ConformTool.Equal, Trace + Trace, "", file.Path, file.Path);
    }

    [Test]
    public void Traces_AreCompared()
    {
        using var expected = new Scratch(Trace);
        using var slower = new Scratch(Trace.Replace(" i4", " i5", StringComparison.Ordinal));
        Expect(ConformTool.Equal, "1 program, 1 equal\n", "", "--compare", expected.Path, expected.Path);
        Expect(ConformTool.Equal, "1 program, 1 equal\n", "", "--compare", "--no-iter", expected.Path, slower.Path);
        Assert.That(Run("--compare", expected.Path, slower.Path), Is.EqualTo((ConformTool.Different,
            """
            1 program, 0 equal, 1 different

            first difference: program one, line 4 of 5 expected, 5 actual
                t0 i1 F0 start p0
                t5 i3 F0 p0.0 sleep ok
                t5 i3 F0 end none
              - t5 i4 loop phase0 none
              - t5 i4 loop F0 none
              + t5 i5 loop phase0 none
              + t5 i5 loop F0 none

            """, "")));
    }

    [Test]
    public void AProgramThatMakesNoSense_IsOneLineWithItsPlace()
    {
        using var file = new Scratch("# a comment\n" + Program + "\n{\"procs\":[[{\"op\":\"jump\"}]],\"funcs\":[],\"phases\":[]}\n");
        Expect(ConformTool.Refused, "", $"conform: {file.Path}:3: p0.0: there is no operation 'jump'.\n", file.Path);
    }

    [TestCase("--fuz", "There is no option '--fuz'.")]
    [TestCase("--compare one.txt", "--compare takes two files, the expected and the actual traces.")]
    [TestCase("--fuzz 5 --profile cats", "Argument 'cats' not recognized.")]
    [TestCase("--fuzz some", "Cannot parse argument 'some' for option '--fuzz': a whole number is expected.\n")]
    [TestCase("--fuzz 0", "--fuzz 0 compares nothing: give the number of programs to make, 1 or more.\n")]
    [TestCase("--fuzz -3", "--fuzz -3 compares nothing: give the number of programs to make, 1 or more.\n")]
    [TestCase("--fuzz 5 --python no-such-python", "'no-such-python' is not a CPython 3.13 or newer: install one (python3.14 of your distribution, or \"pyenv install 3.14\"), or name another.")]
    public void WhatMakesNoSense_IsRefused(string line, string words)
    {
        var (exitCode, output, error) = Run(line.Split(' '));
        Assert.That((exitCode, output), Is.EqualTo((ConformTool.Refused, "")));
        Assert.That(error, Does.StartWith($"conform: {words}").And.EndsWith("\n"));
        Assert.That(error.TrimEnd('\n'), Does.Not.Contain('\n'));
    }

    [Test]
    public void AFileWithoutAProgram_IsRefused()
    {
        using var file = new Scratch("");
        Expect(
            ConformTool.Refused,
            "",
            $"conform: {file.Path}: there is no program in it. A program is one JSON object; Sim.Conformance/Oracle/FORMAT.md has an example.\n",
            file.Path);
        Expect(ConformTool.Refused, "", $"conform: {file.Path}: there is no trace in it.\n", "--compare", file.Path, file.Path);
    }

    [Test]
    public void AFileThatIsNotThere_IsRefused()
    {
        var (exitCode, _, error) = Run("no-such-file.jsonl");
        Assert.That(exitCode, Is.EqualTo(ConformTool.Refused));
        Assert.That(error, Does.StartWith("conform: no-such-file.jsonl: "));
    }

    private static void Expect(int exitCode, string output, string error, params string[] args) =>
        Assert.That(Run(args), Is.EqualTo((exitCode, output, error)));

    private static (int ExitCode, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        return (ConformTool.Run(args, output, error), output.ToString(), error.ToString());
    }

    /// <summary>A file for the length of a test.</summary>
    private sealed class Scratch : IDisposable
    {
        public Scratch(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.Combine(TestContext.CurrentContext.WorkDirectory, $"conform-{TestContext.CurrentContext.Test.ID}-{Interlocked.Increment(ref _count)}.txt");

        private static int _count;

        public void Dispose() => File.Delete(Path);
    }
}
