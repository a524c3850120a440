using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using NUnit.Framework;
using Sim.Cli;

namespace Sim.Tests;

/// <summary>Ctrl-C as a shell sends it, to a process of its own.</summary>
[TestFixture, Platform(Exclude = "Win", Reason = "Signals are sent as Unix has them.")]
public sealed class InterruptTests
{
    private const int Interrupt = 2;

    // A child inherits that interrupts are ignored, as they are below the background job of a script. The test does not depend on
    // who runs it.
    private static readonly string[] _start = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];

    [Test]
    public void CtrlC_FinishesTheRun_AndTellsWhatWasFound()
    {
        string[] command = ["fuzz", ToolRun.Target, "cli-holds", "cli-writers", "--no-corpus", "--for", "10m", "--json"];
        using var process = Process.Start(new ProcessStartInfo(_start[0], [.. _start[1..], typeof(SimTool).Assembly.Location, .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        Assert.That(process.StandardError.ReadLine(), Is.EqualTo("fuzzing cli-holds (1 of 2)"));
        Assert.That(Kill(process.Id, Interrupt), Is.Zero);
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.That(process.ExitCode, Is.EqualTo(130), error);
        Assert.That(error, Does.Contain(
            "sim: interrupted: the current run is finished, then comes what was found. Ctrl-C again ends at once.\n"));
        Assert.That(error, Does.EndWith("\n2 scenarios: 1 interrupted, 1 not begun. Interrupted before all was decided.\n"));
        using var json = JsonDocument.Parse(output.GetAwaiter().GetResult());
        Assert.That(json.RootElement.GetProperty("exitCode").GetInt32(), Is.EqualTo(130));
        Assert.That(json.RootElement.GetProperty("notBegun")[0].GetString(), Is.EqualTo("cli-writers"));
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
