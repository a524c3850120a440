using System.Diagnostics;
using NUnit.Framework;
using Sim.Cli;

namespace Sim.Tests;

/// <summary>A search whose reader has gone is of no use to anybody.</summary>
[TestFixture]
[Platform("Linux,MacOsX")]
public sealed class ClosedPipeTests
{
    [Test]
    public void ASearch_EndsWithItsReader()
    {
        var start = new ProcessStartInfo("dotnet",
            [typeof(SimTool).Assembly.Location, "fuzz", ToolRun.Target, "--no-corpus", "--filter", "fifty-4?", "--runs", "20"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        Assert.That(process.StandardOutput.ReadLine(), Does.StartWith("fifty-40 "));

        process.StandardOutput.Close();
        process.WaitForExit();

        // The pipe's buffer hides nothing: each result is written when it is known.
        Assert.That(process.ExitCode, Is.EqualTo(141), error.Result);
        Assert.That(error.Result, Does.Not.Contain("(10 of 10)"));
    }
}
