using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Sim.Core;
using static Sim.Testing.ContractViolationException;

namespace Sim.Testing;

/// <summary>
/// What every <see cref="IProcessStarter"/> promises, as cases to run against an implementation: derive, say how to make a loop and a
/// starter for it, and how the four programs of the contract are started, and run each of <see cref="Cases"/> as a test of your
/// framework. Every case makes a loop and a starter of its own, and fails instead of hanging.
/// </summary>
public abstract class ProcessContract
{
    private const int Much = 1_000_000;
    private const int OnTerminate = 143;
    private const int OnKill = 137;

    /// <summary>Real time after which a case that has not come back has failed; 30 s unless overridden.</summary>
    public virtual TimeSpan TimeLimit => TimeSpan.FromSeconds(30);

    /// <summary>The cases, always in the same order.</summary>
    public IReadOnlyList<ContractCase> Cases =>
    [
        Case("What is written for it is read by it, and it ends with its code", ItReadsAndEnds),
        Case("What it has said can be read after its end", WhatItSaidStays),
        Case("Several may wait for its end", SeveralWait),
        Case("A cancelled wait leaves it alone", ACancelledWaitLeavesIt),
        Case("A signal ends it, and its code says so", ASignalEndsIt),
        Case("One that has ended takes no signal", NoSignalAfterTheEnd),
        Case("Writing for one that has ended fails", WritingAfterTheEndFails),
        Case("Who communicates does not mind that it does not read", ItNeedNotRead),
        Case("One that says much waits for a reader", SayingMuchWaits),
        Case("Disposing ends it", DisposingEndsIt),
    ];

    /// <summary>Makes a loop. Called once per case, on its thread.</summary>
    protected abstract EventLoop CreateLoop();

    /// <summary>Makes a starter for the loop, which does not run yet.</summary>
    protected abstract IProcessStarter CreateStarter(EventLoop loop);

    /// <summary>How a program of the contract is started. Its streams are made pipes by the case.</summary>
    protected abstract ProcessStartInfo Describe(ContractProgram program);

    private delegate Task Body(Func<ContractProgram, ValueTask<Subprocess>> start);

    private ContractCase Case(string name, Body body) => new(name, () => Watchdog.Run(name, TimeLimit, () =>
    {
        using var loop = CreateLoop();
        loop.SetProcessStarter(CreateStarter(loop));
        loop.RunUntilComplete(() => body(program =>
        {
            var start = Describe(program);
            start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
            return loop.CreateSubprocessExecAsync(start);
        }));
    }));

    private static async Task ItReadsAndEnds(Func<ContractProgram, ValueTask<Subprocess>> start)
    {
        using var process = await start(ContractProgram.Copy);
        Require(process.ExitCode is null, $"it had ended with code {process.ExitCode} before its input had.");
        var input = new byte[Much];
        for (var i = 0; i < input.Length; i++)
        {
            input[i] = (byte)(i % 251);
        }

        var said = await process.CommunicateAsync(input);
        Require(said.ExitCode == 7 && process.ExitCode == 7, $"it ended with code {said.ExitCode} instead of 7.");
        Require(said.Output.AsSpan().SequenceEqual(input), $"of {Much} bytes {said.Output?.Length} came back, or not those.");
    }

    private static async Task WhatItSaidStays(Func<ContractProgram, ValueTask<Subprocess>> start)
    {
        using var process = await start(ContractProgram.Speak);
        var code = await process.WaitAsync();
        Require(code == 0, $"it ended with code {code} instead of 0.");
        var (output, error) = (await ReadAsync(process.StandardOutput!), await ReadAsync(process.StandardError!));
        Require((output, error) == ("hello", "oops"), $"after its end \"{output}\" and \"{error}\" were read, not \"hello\" and \"oops\".");
    }

    private static async Task SeveralWait(Func<ContractProgram, ValueTask<Subprocess>> start)
    {
        using var process = await start(ContractProgram.Speak);
        var codes = await Asyncio.GatherAsync<int>(async () => await process.WaitAsync(), async () => await process.WaitAsync());
        Require(codes is [0, 0] && await process.WaitAsync() == 0, "not all who waited got the code 0.");
    }

    private static async Task ACancelledWaitLeavesIt(Func<ContractProgram, ValueTask<Subprocess>> start)
    {
        using var process = await start(ContractProgram.Copy);
        var waiting = Asyncio.CreateTask(async () => await process.WaitAsync());
        await SettleAsync();
        waiting.Cancel();
        await Asyncio.WaitAsync([waiting]);
        await SettleAsync();
        Require(process.ExitCode is null, $"it has ended with code {process.ExitCode}, because a wait was cancelled.");
        Require((await process.CommunicateAsync("on"u8.ToArray())).OutputText == "on", "it did not go on after a wait was cancelled.");
    }

    private static async Task ASignalEndsIt(Func<ContractProgram, ValueTask<Subprocess>> start)
    {
        foreach (var (end, due) in ((Func<Subprocess, bool>, int)[])
            [(static process => process.Terminate(), OnTerminate), (static process => process.Kill(), OnKill)])
        {
            using var process = await start(ContractProgram.Idle);
            await SettleAsync();
            Require(end(process), "a signal was refused by one that runs.");
            var code = await process.WaitAsync();
            Require(code == due, $"a signal ended it with code {code} instead of {due}.");
        }
    }

    private static async Task NoSignalAfterTheEnd(Func<ContractProgram, ValueTask<Subprocess>> start)
    {
        using var process = await start(ContractProgram.Speak);
        await process.WaitAsync();
        Require(!process.SendSignal(PosixSignal.SIGTERM) && !process.Kill(), "a signal was taken by one that had ended.");
        Require(process.ExitCode == 0, $"its code became {process.ExitCode} after its end.");
    }

    private static async Task WritingAfterTheEndFails(Func<ContractProgram, ValueTask<Subprocess>> start)
    {
        using var process = await start(ContractProgram.Speak);
        await process.WaitAsync();
        try
        {
            for (var sent = 0; sent < Much; sent += 10_000)
            {
                await process.StandardInput!.SendAsync(new byte[10_000]);
                await Asyncio.YieldAsync();
            }
        }
        catch (NetworkException broken) when (broken.Error == SocketError.ConnectionReset)
        {
            return;
        }

        throw new ContractViolationException($"{Much} bytes were written for one that had ended.");
    }

    private static async Task ItNeedNotRead(Func<ContractProgram, ValueTask<Subprocess>> start)
    {
        using var process = await start(ContractProgram.Speak);
        var said = await process.CommunicateAsync(new byte[Much]);
        Require((said.ExitCode, said.OutputText) == (0, "hello"), $"it ended with code {said.ExitCode}, after \"{said.OutputText}\".");
    }

    private static async Task SayingMuchWaits(Func<ContractProgram, ValueTask<Subprocess>> start)
    {
        using var process = await start(ContractProgram.Flood);
        var waiting = Asyncio.CreateTask(async () => await process.WaitAsync());
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(100));
        Require(!waiting.IsDone, $"it has written {Much} bytes that nobody has read: memory is not bounded.");
        var length = (await ReadAsync(process.StandardOutput!)).Length;
        Require(length == Much, $"of {Much} bytes that it wrote {length} were read.");
        Require(await waiting == 0, "the wait gave another code than 0.");
    }

    private static async Task DisposingEndsIt(Func<ContractProgram, ValueTask<Subprocess>> start)
    {
        var process = await start(ContractProgram.Idle);
        var waiting = Asyncio.CreateTask(async () => await process.WaitAsync());
        await SettleAsync();
        process.Dispose();
        process.Dispose();
        var code = await waiting;
        Require(code == OnKill, $"disposing it ended it with code {code} instead of {OnKill}.");
    }

    // It has begun by then, or will not.
    private static ValueTask SettleAsync() => Asyncio.SleepAsync(TimeSpan.FromMilliseconds(20));

    private static async Task<string> ReadAsync(IConnection pipe)
    {
        var (text, piece) = (new StringBuilder(), new byte[8192]);
        while (await pipe.ReceiveAsync(piece) is var count and > 0)
        {
            text.Append(Encoding.ASCII.GetString(piece, 0, count));
        }

        return text.ToString();
    }
}
