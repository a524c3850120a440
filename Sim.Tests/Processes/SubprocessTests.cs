using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Processes of the system: rule 36, with pipes under the poller (epoll) and on threads of the pool (select).</summary>
[TestFixture(RealLoops.Epoll)]
[TestFixture(RealLoops.Select)]
[Platform("Linux")]
public sealed class SubprocessTests(string poller)
{
    /// <summary>asyncio: test_subprocess.test_communicate, test_stdin_stdout.</summary>
    [Test]
    public void Communicate_Feeds_TakesAll_AndWaits() => Run(async loop =>
    {
        using var process = await loop.CreateSubprocessShellAsync("cat; echo oops >&2; exit 7");
        var input = Encoding.ASCII.GetBytes(string.Join(' ', Enumerable.Range(0, 100_000)));
        var said = await process.CommunicateAsync(input);
        Assert.That((said.ExitCode, process.ExitCode, said.ErrorText), Is.EqualTo((7, 7, "oops\n")));
        Assert.That(said.Output, Is.EqualTo(input));
    });

    /// <summary>asyncio: test_subprocess.test_stdin_broken_pipe, test_communicate_ignore_broken_pipe.</summary>
    [Test]
    public void AProcessThatDoesNotReadItsInput_IsNoErrorOfCommunicate_AndOneOfTheSender() => Run(async loop =>
    {
        var large = new byte[1_000_000];
        using var careless = await loop.CreateSubprocessExecAsync("true");
        Assert.That((await careless.CommunicateAsync(large)).ExitCode, Is.Zero);

        using var other = await loop.CreateSubprocessExecAsync("true");
        var error = await CatchAsync(() => SendForEverAsync(other.StandardInput!));
        Assert.That((error as NetworkException)?.Error, Is.EqualTo(SocketError.ConnectionReset));
        Assert.That(await other.WaitAsync(), Is.Zero);
    });

    /// <summary>asyncio: test_subprocess.test_cancel_process_wait: the wait is cancelled, the process is not.</summary>
    [Test]
    public void ACancelledWait_LeavesTheProcess() => Run(async loop =>
    {
        using var process = await loop.CreateSubprocessExecAsync("cat");
        var waits = Asyncio.CreateTask(async () => await process.WaitAsync());
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(5));
        waits.Cancel();
        await Asyncio.WaitAsync([waits]);
        Assert.That((waits.IsCancelled, process.ExitCode), Is.EqualTo((true, (int?)null)));
        await process.StandardInput!.SendAsync("still here"u8.ToArray());
        Assert.That((await process.CommunicateAsync()).OutputText, Is.EqualTo("still here"));
    });

    /// <summary>asyncio: test_subprocess.test_read_stdout_after_process_exit.</summary>
    [Test]
    public void WhatWasSaid_CanBeReadAfterTheEnd() => Run(async loop =>
    {
        using var process = await loop.CreateSubprocessShellAsync("echo hello world; echo oops >&2");
        Assert.That(await process.WaitAsync(), Is.Zero);
        Assert.That(await ReadAsync(process.StandardOutput!), Is.EqualTo("hello world\n"));
        Assert.That(await ReadAsync(process.StandardError!), Is.EqualTo("oops\n"));
    });

    /// <summary>asyncio: test_subprocess.test_subprocess_concurrent_wait.</summary>
    [Test]
    public void SeveralMayWait_AlsoAfterTheEnd() => Run(async loop =>
    {
        using var process = await loop.CreateSubprocessShellAsync("exit 3");
        var codes = await Asyncio.GatherAsync<int>(
            async () => await process.WaitAsync(), async () => await process.WaitAsync(), async () => await process.WaitAsync());
        Assert.That(codes, Is.EqualTo((int[])[3, 3, 3]));
        Assert.That(await process.WaitAsync(), Is.EqualTo(3));
    });

    /// <summary>asyncio: test_subprocess.test_kill, test_terminate, test_send_signal; .NET's numbers: 128 and the signal.</summary>
    [Test]
    public void AProcess_IsEndedBySignals() => Run(async loop =>
    {
        foreach (var (end, code) in ((Func<Subprocess, bool>, int)[])
            [(static p => p.Kill(), 137), (static p => p.Terminate(), 143), (static p => p.SendSignal(PosixSignal.SIGTERM), 143)])
        {
            using var process = await loop.CreateSubprocessExecAsync("sleep", "3600");
            Assert.That(end(process), Is.True);
            Assert.That(await process.WaitAsync(), Is.EqualTo(code));
            Assert.That(end(process), Is.False, "there is nobody any more");
        }
    });

    /// <summary>A signal that the process handles.</summary>
    [Test]
    public void AProcess_HandlesASignal() => Run(async loop =>
    {
        using var process = await loop.CreateSubprocessShellAsync(
            "trap 'echo stopping; exit 0' TERM; echo ready; while :; do sleep 0.01; done");
        var buffer = new byte[100];
        Assert.That(await process.StandardOutput!.ReceiveAsync(buffer), Is.EqualTo("ready\n".Length));
        process.Terminate();
        Assert.That((await process.CommunicateAsync()).OutputText, Is.EqualTo("stopping\n"));
        Assert.That(process.ExitCode, Is.Zero);
    });

    /// <summary>
    /// asyncio: test_subprocess.test_kill_issue43884: the shell is killed, what it has started holds the pipe. Rule 36: the wait is for
    /// the pipes too.
    /// </summary>
    [Test]
    public void TheWait_IsForThePipesToo() => Run(async loop =>
    {
        using var process = await loop.CreateSubprocessShellAsync("sleep 0.4 & echo $!; wait");
        var buffer = new byte[100];
        Assert.That(await process.StandardOutput!.ReceiveAsync(buffer), Is.Positive);
        process.Kill();
        var began = loop.Time;
        Assert.That(await process.WaitAsync(), Is.EqualTo(137));
        Assert.That(loop.Time - began, Is.GreaterThan(TimeSpan.FromMilliseconds(100)), "the sleeper holds the pipe");
        Assert.That(await ReadAsync(process.StandardOutput!), Is.Empty);
    });

    /// <summary>asyncio: test_subprocess.test_pause_reading: nobody reads, so the process is held up; then all comes.</summary>
    [Test]
    public void AProcessThatSaysMuch_WaitsForAReader() => Run(async loop =>
    {
        using var process = await loop.CreateSubprocessShellAsync("head -c 1000000 /dev/zero; echo end >&2");
        var waits = Asyncio.CreateTask(async () => await process.WaitAsync());
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(100));
        Assert.That((process.ExitCode, waits.IsDone), Is.EqualTo(((int?)null, false)));
        Assert.That((await ReadAsync(process.StandardOutput!)).Length, Is.EqualTo(1_000_000));
        Assert.That(await waits, Is.Zero);
        Assert.That(await ReadAsync(process.StandardError!), Is.EqualTo("end\n"));
    });

    /// <summary>asyncio's readers and writers on the pipes, and a communicate that takes up what they have begun.</summary>
    [Test]
    public void StdinStdoutAndStderr_AreReadersAndWriters() => Run(async loop =>
    {
        using var process = await loop.CreateSubprocessShellAsync("echo first >&2; cat");
        process.Stdin!.Write("one\ntwo\n"u8);
        await process.Stdin.DrainAsync();
        Assert.That(await process.Stdout!.ReadLineAsync(), Is.EqualTo("one\n"u8.ToArray()));
        Assert.That(await process.Stderr!.ReadLineAsync(), Is.EqualTo("first\n"u8.ToArray()));
        process.Stdin.Write(new byte[200_000]);
        var said = await process.CommunicateAsync("end"u8.ToArray());
        Assert.That((said.ExitCode, said.Output!.Length, said.ErrorText), Is.EqualTo((0, "two\n".Length + 200_000 + "end".Length, "")));
        Assert.That(said.OutputText, Does.StartWith("two\n").And.EndsWith("end"));
    });

    /// <summary>asyncio's server of lines: a process is asked and answers, until its input ends.</summary>
    [Test]
    public void AProcess_IsAskedAndAnswers() => Run(async loop =>
    {
        using var process = await loop.CreateSubprocessShellAsync("while read line; do echo \"<$line>\"; done");
        for (var i = 0; i < 50; i++)
        {
            process.Stdin!.Write(Encoding.ASCII.GetBytes($"{i}\n"));
            Assert.That(Encoding.ASCII.GetString(await process.Stdout!.ReadLineAsync()), Is.EqualTo($"<{i}>\n"));
        }

        process.Stdin!.WriteEof();
        Assert.That(await process.WaitAsync(), Is.Zero);
        Assert.That((await process.Stdout!.ReadToEndAsync(), process.Stdout.AtEof), Is.EqualTo((Array.Empty<byte>(), true)));
    });

    /// <summary>Who waits for the process takes nothing from who reads what it says, whichever began first.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void WaitingAndReading_GoTogether(bool waitsFirst) => Run(async loop =>
    {
        using var process = await loop.CreateSubprocessExecAsync("cat");
        var waits = waitsFirst ? Asyncio.CreateTask(async () => await process.WaitAsync()) : null;
        for (var i = 0; i < 100; i++)
        {
            var reads = Asyncio.CreateTask(async () => await process.Stdout!.ReadLineAsync());
            await Asyncio.YieldAsync();
            await process.StandardInput!.SendAsync(Encoding.ASCII.GetBytes($"{i}\n"));
            waits ??= Asyncio.CreateTask(async () => await process.WaitAsync());
            Assert.That(Encoding.ASCII.GetString(await reads), Is.EqualTo($"{i}\n"));
        }

        process.StandardInput!.Dispose();
        Assert.That(await waits!, Is.Zero);
    });

    /// <summary>Only what is redirected is a pipe; environment and folder are .NET's.</summary>
    [Test]
    public void TheDescription_IsTakenAsItIs() => Run(async loop =>
    {
        var start = new ProcessStartInfo("sh", ["-c", "echo $WORD $(pwd)"]) { RedirectStandardOutput = true, WorkingDirectory = "/" };
        start.Environment["WORD"] = "hello";
        using var process = await loop.CreateSubprocessExecAsync(start);
        Assert.That((process.StandardInput, process.StandardError), Is.EqualTo(((IConnection?)null, (IConnection?)null)));
        var said = await process.CommunicateAsync("nobody gets this"u8.ToArray());
        Assert.That((said.OutputText, said.Error), Is.EqualTo(("hello /\n", (byte[]?)null)));
    });

    /// <summary>What cannot be started.</summary>
    [Test]
    public void AProgramThatIsNotThere_IsAnError() => Run(async loop =>
        Assert.That(await CatchAsync(async () => await loop.CreateSubprocessExecAsync("no-such-program")), Is.TypeOf<Win32Exception>()));

    /// <summary>No zombies: what was waited for, disposed or left is gone from the table of processes.</summary>
    [Test]
    public void NoProcessIsLeftBehind()
    {
        var lines = new List<string>();
        var (waited, disposed, left) = (0, 0, 0);
        Run(async loop =>
        {
            var first = await loop.CreateSubprocessExecAsync("true");
            waited = first.Id;
            await first.WaitAsync();
            Assert.That(IsThere(waited), Is.False);
            using (var second = await loop.CreateSubprocessExecAsync("sleep", "3600"))
            {
                disposed = second.Id;
            }

            left = (await loop.CreateSubprocessExecAsync("sleep", "3600")).Id;
        }, lines.Add);
        Assert.That(SpinWait.SpinUntil(() => !IsThere(disposed) && !IsThere(left), TimeSpan.FromSeconds(20)), Is.True);
        Assert.That(lines, Has.Count.EqualTo(1));
        Assert.That(lines[0], Does.Match(
            @"s loop is closed while process sleep \(\d+\) runs, and kills it: nobody would ever learn how it ends\. "
            + @"Await its WaitAsync, or dispose it, before\.$"));
    }

    /// <summary>A handler for SIGCHLD takes nothing away from those who wait.</summary>
    [Test]
    public void AHandlerForTheEndOfChildren_DoesNotDisturb() => Run(async loop =>
    {
        var told = 0;
        using var handler = loop.AddSignalHandler((PosixSignal)17, () => told++);
        using var process = await loop.CreateSubprocessShellAsync("exit 5");
        Assert.That(await process.WaitAsync(), Is.EqualTo(5));
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(5));
        Assert.That(told, Is.Positive);
    });

    /// <summary>Many at once, and nobody mixes up anything.</summary>
    [Test]
    public void ManyProcesses_AtOnce() => Run(async loop =>
    {
        var all = await Asyncio.GatherAsync(Enumerable.Range(0, 20).Select(i => RunOneAsync(i)));
        Assert.That(all, Is.EqualTo(Enumerable.Range(0, 20)));

        async Task<int> RunOneAsync(int i)
        {
            using var process = await loop.CreateSubprocessShellAsync($"cat; exit {i}");
            var said = await process.CommunicateAsync(Encoding.ASCII.GetBytes($"word {i}"));
            Assert.That(said.OutputText, Is.EqualTo($"word {i}"));
            return said.ExitCode;
        }
    });

    private void Run(Func<EventLoop, Task> body, Action<string>? log = null) => RealLoops.Run(poller, body, log);

    private static bool IsThere(int id) => Directory.Exists($"/proc/{id}");

    private static async Task SendForEverAsync(IConnection input)
    {
        while (true)
        {
            await input.SendAsync(new byte[50_000]);
        }
    }

    private static async Task<string> ReadAsync(IConnection pipe)
    {
        var (text, buffer) = (new StringBuilder(), new byte[10_000]);
        while (await pipe.ReceiveAsync(buffer) is var count and > 0)
        {
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    private static async Task<Exception?> CatchAsync(Func<Task> body)
    {
        try
        {
            await body();
            return null;
        }
        catch (Exception caught)
        {
            return caught;
        }
    }
}
