using System.Runtime.InteropServices;
using System.Text;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Signals that end a process, or would, sent to a process of its own.</summary>
[Platform("Linux")]
public sealed class SignalledProgramTests
{
    /// <summary>Rule 20: Ctrl-C cancels the main coroutine, which tidies up, and the run says why it has ended.</summary>
    [Test]
    public void CtrlC_LetsTheProgramTidyUp() => Run("waits", async process =>
    {
        await UntilAsync(process, "ready");
        process.SendSignal(PosixSignal.SIGINT);
        var said = await process.CommunicateAsync();
        Assert.That((said.ExitCode, said.OutputText, said.ErrorText), Is.EqualTo((130, "tidied up\ninterrupted\n", "")));
    });

    /// <summary>Rule 20: the second Ctrl-C does not wait for a loop that hangs.</summary>
    [Test]
    public void TheSecondCtrlC_EndsAProgramThatHangs() => Run("hangs", async process =>
    {
        await UntilAsync(process, "ready");
        process.SendSignal(PosixSignal.SIGINT);
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(200));
        Assert.That(process.ExitCode, Is.Null, "the first one only asks");
        // Two that come close together may be one for the system, so it is said until it is heard.
        while (process.SendSignal(PosixSignal.SIGINT))
        {
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(50));
        }

        Assert.That(await process.WaitAsync(), Is.EqualTo(130));
    });

    /// <summary>A handled SIGTERM is handled; without the handler it ends the process again.</summary>
    [Test]
    public void AfterTheRemoval_TheSignalEndsTheProcess() => Run("handles", async process =>
    {
        await UntilAsync(process, "handles it");
        process.Terminate();
        await UntilAsync(process, "ready");
        process.Terminate();
        Assert.That(await process.WaitAsync(), Is.EqualTo(143));
    });

    // A child inherits that interrupts are ignored, as they are below the background job of a script.
    private static void Run(string mode, Func<Subprocess, Task> body) => RealLoops.Run(RealLoops.Epoll, async loop =>
    {
        using var process = await loop.CreateSubprocessExecAsync(
            "env", "--default-signal=INT", "dotnet", typeof(SignalledProgram).Assembly.Location, SignalledProgram.Name, mode);
        process.StandardInput!.Dispose();
        await body(process);
    });

    private static async Task UntilAsync(Subprocess process, string word) =>
        Assert.That(Encoding.UTF8.GetString(await process.Stdout!.ReadLineAsync()), Is.EqualTo($"{word}\n"));
}
