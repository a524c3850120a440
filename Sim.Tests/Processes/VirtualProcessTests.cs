using System.Diagnostics;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>Processes of virtual time: programs that are coroutines, and none besides.</summary>
public sealed class VirtualProcessTests() : LoopFixture(LoopKind.Virtual)
{
    /// <summary>A simulation has no processes, and says what to do.</summary>
    [Test]
    public void AProgramThatWasNotAdded_IsRefused() => Run(async () =>
    {
        var error = await Caught.ByAsync<NotSupportedException>(async () => await Loop.CreateSubprocessExecAsync("git", "status"));
        Assert.That(error.Message, Is.EqualTo(
            "Process 'git' was started at 0.000s in task main, and loop has no such program: virtual time has no processes but those "
            + "that it is given. Add a stand-in to a VirtualProcesses and hand it to SetProcessStarter, or run this on real time."));
    });

    /// <summary>Nor has it pipes of the system.</summary>
    [Test]
    public void APipeOfTheSystem_IsRefused()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        var error = Assert.Throws(Is.InstanceOf<NotSupportedException>(), () => Loop.ConnectReadPipe(pipe.SafePipeHandle))!;
        Assert.That(error.Message, Does.Contain(OperatingSystem.IsLinux() ? "run the loop on real time" : "on this platform"));
    }

    /// <summary>The whole of it: arguments, input, output, code, on virtual time.</summary>
    [Test]
    public void AProgram_IsACoroutine()
    {
        Loop.SetProcessStarter(new VirtualProcesses().Add("upper", static async program =>
        {
            var buffer = new byte[100];
            while (await program.StandardInput!.ReceiveAsync(buffer) is var count and > 0)
            {
                await Asyncio.SleepAsync(TimeSpan.FromHours(1));
                var words = Encoding.ASCII.GetString(buffer, 0, count);
                await program.StandardOutput!.SendAsync(Encoding.ASCII.GetBytes(words.ToUpperInvariant()));
            }

            await program.StandardError!.SendAsync(Encoding.ASCII.GetBytes(program.StartInfo.ArgumentList[0]));
            return 4;
        }));
        Run(async () =>
        {
            using var process = await Loop.CreateSubprocessExecAsync("upper", "done");
            var said = await process.CommunicateAsync("hello"u8.ToArray());
            Assert.That((said.ExitCode, said.OutputText, said.ErrorText), Is.EqualTo((4, "HELLO", "done")));
            Assert.That((process.ToString(), Loop.Time.Ticks), Is.EqualTo(("process upper (1000)", TimeSpan.TicksPerHour)));
        });
    }

    /// <summary>Signals: handled by the program, or its end, with the code that a real one would have.</summary>
    [Test]
    public void AProgram_IsEndedBySignals_UnlessItHandlesThem()
    {
        Loop.SetProcessStarter(new VirtualProcesses().Add("server", static async program =>
        {
            var stop = new AsyncEvent();
            using var handler = program.Signals.Subscribe(PosixSignal.SIGTERM, () =>
            {
                stop.Set();
                return true;
            });
            await stop.WaitAsync();
            return 0;
        }));
        Run(async () =>
        {
            foreach (var (signal, code) in ((int, int)[])[(15, 0), (9, 137), (1, 129)])
            {
                using var process = await Loop.CreateSubprocessExecAsync("server");
                await Asyncio.SleepAsync(Soon);
                Assert.That(process.SendSignal((PosixSignal)signal), Is.True);
                Assert.That(await process.WaitAsync(), Is.EqualTo(code));
                Assert.That(process.Kill(), Is.False);
            }
        });
    }

    /// <summary>Rule 36's broken pipe: the program has gone, and somebody still writes.</summary>
    [Test]
    public void WritingForAProgramThatHasEnded_Fails_AndCommunicateDoesNotMind()
    {
        Loop.SetProcessStarter(new VirtualProcesses().Add("careless", static _ => Task.FromResult(0)));
        Run(async () =>
        {
            using var first = await Loop.CreateSubprocessExecAsync("careless");
            Assert.That((await first.CommunicateAsync(new byte[1_000_000])).ExitCode, Is.Zero);
            using var second = await Loop.CreateSubprocessExecAsync("careless");
            var error = await Caught.ByAsync<NetworkException>(() => second.StandardInput!.SendAsync(new byte[1_000_000]).AsTask());
            Assert.That(error.Error, Is.EqualTo(SocketError.ConnectionReset));
        });
    }

    /// <summary>A failing program has the code of an aborted one, and its failure is not lost (A10).</summary>
    [Test]
    public void AProgramThatFails_IsReported()
    {
        Loop.SetProcessStarter(new VirtualProcesses().Add("broken", static _ => throw new FormatException("mine")));
        Run(async () =>
        {
            using var process = await Loop.CreateSubprocessExecAsync(new ProcessStartInfo("broken"));
            Assert.That(await process.WaitAsync(), Is.EqualTo(134));
        });
        Loop.Close();
        Assert.That(TakeError().Exception, Is.TypeOf<FormatException>());
    }

    /// <summary>Rule 36: told one iteration after the end, so who waits goes on in the next after that.</summary>
    [Test]
    public void TheEndIsTold_OneIterationAfterIt()
    {
        var ended = 0L;
        Loop.SetProcessStarter(new VirtualProcesses().Add("short", async _ =>
        {
            await Asyncio.SleepAsync(Soon);
            ended = Loop.Iteration;
            return 0;
        }));
        Run(async () =>
        {
            using var process = await Loop.CreateSubprocessExecAsync(new ProcessStartInfo("short"));
            await process.WaitAsync();
            // The task's own done callback is one iteration, then as in asyncio: told, set, resumed.
            Assert.That(Loop.Iteration - ended, Is.EqualTo(3));
        });
    }

    /// <summary>What is left when the loop closes is told.</summary>
    [Test]
    public void AProcessThatIsLeft_IsTold()
    {
        Loop.SetProcessStarter(new VirtualProcesses().Add("endless", static async _ =>
        {
            await Asyncio.SleepAsync(TimeSpan.FromHours(1));
            return 0;
        }));
        Run(async () => await Loop.CreateSubprocessExecAsync(new ProcessStartInfo("endless")));
        Loop.Close();
        Assert.That(Logged, Has.Some.Contains("loop is closed while process endless (1000) runs, and kills it"));
    }

    /// <summary>In a simulation it is the same, and a function of its decisions.</summary>
    [Test]
    public void InASimulation_AProgramRuns_AndNoneElse()
    {
        var result = Simulation.Run(async () =>
        {
            var loop = Asyncio.GetRunningLoop();
            await Caught.ByAsync<NotSupportedException>(async () => await loop.CreateSubprocessExecAsync("git"));
            loop.SetProcessStarter(new VirtualProcesses().Add("echo", static async program =>
            {
                await program.StandardOutput!.SendAsync("hello"u8.ToArray());
                return 0;
            }));
            using var process = await loop.CreateSubprocessExecAsync("echo");
            Assert.That((await process.CommunicateAsync()).OutputText, Is.EqualTo("hello"));
            var stopped = loop.CreateFuture<bool>();
            using var handler = loop.AddSignalHandler(PosixSignal.SIGTERM, () => stopped.SetResult(true));
            loop.RaiseSignal(PosixSignal.SIGTERM);
            Assert.That(await stopped, Is.True);
        });
        Assert.That(result.Failure, Is.Null);
    }
}
