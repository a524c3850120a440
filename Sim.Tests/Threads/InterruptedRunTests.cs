using System.Runtime.InteropServices;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Rule 20: what Ctrl-C does to a run. asyncio: the tests of SIGINT in test_runners.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class InterruptedRunTests(LoopKind kind) : LoopFixture(kind)
{
    private readonly VirtualSignals _signals = new();

    /// <summary>The first asks the main task to stop; asyncio: test_runners.test_interrupt_wait.</summary>
    [Test]
    public void CtrlC_CancelsTheMainTask_AndIsTheReasonThen()
    {
        var error = Assert.Throws<KeyboardInterruptException>(() => Asyncio.Run(
            async () =>
            {
                Asyncio.GetRunningLoop().CallSoon(Interrupt);
                try
                {
                    await Asyncio.SleepAsync(TimeSpan.FromHours(1));
                }
                finally
                {
                    Log.Add("tidied up");
                }
            },
            NewLoop))!;
        Assert.That(error.Message, Does.StartWith("Task main was asked to stop by Ctrl-C (SIGINT), and ended as cancelled at "));
        Assert.That(Log, Is.EqualTo((string[])["tidied up"]));
        Assert.Throws<InvalidOperationException>(Interrupt, "the run is over, and handles it no more");
    }

    /// <summary>asyncio: test_runners.test_interrupt_cancelled_task: a main task that goes on is not interrupted.</summary>
    [Test]
    public void AMainTaskThatDoesNotLetItselfBeStopped_EndsAsItLikes()
    {
        var result = Asyncio.Run(
            async () =>
            {
                Asyncio.GetRunningLoop().CallSoon(Interrupt);
                try
                {
                    await Asyncio.SleepAsync(TimeSpan.FromHours(1));
                }
                catch (OperationCanceledException)
                {
                    return "went on";
                }

                return "slept";
            },
            NewLoop);
        Assert.That(result, Is.EqualTo("went on"));
    }

    /// <summary>asyncio: test_runners.test_asyncio_run_without_uncancel, the other way round: two asked, so it is no interrupt.</summary>
    [Test]
    public void CancelledFromInsideToo_ItIsAnOrdinaryCancellation()
    {
        var error = Assert.Throws(Is.InstanceOf<OperationCanceledException>(), () => Asyncio.Run(
            async () =>
            {
                Asyncio.GetRunningLoop().CallSoon(Interrupt);
                var main = Asyncio.CurrentTask()!;
                Asyncio.GetRunningLoop().CallLater(TimeSpan.FromMilliseconds(1), () => main.Cancel());
                try
                {
                    await Asyncio.SleepAsync(TimeSpan.FromHours(1));
                }
                finally
                {
                    await Asyncio.SleepAsync(TimeSpan.FromHours(1));
                }
            },
            NewLoop));
        Assert.That(error, Is.Not.TypeOf<KeyboardInterruptException>());
    }

    /// <summary>The second does what it does by default, on the spot: here it finds nobody, on a machine it ends the process.</summary>
    [Test]
    public void TheSecondCtrlC_IsNotHeldUp() => Assert.Throws<KeyboardInterruptException>(() => Asyncio.Run(
        async () =>
        {
            Interrupt();
            Assert.Throws<InvalidOperationException>(Interrupt);
            await Asyncio.SleepAsync(TimeSpan.FromHours(1));
        },
        NewLoop));

    /// <summary>A handler of the program's own comes before that of the run, whichever was first.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void AHandlerOfTheProgram_HasTheLastWord(bool isBefore)
    {
        using var runner = new Runner(NewLoop);
        if (isBefore)
        {
            runner.Loop.AddSignalHandler(PosixSignal.SIGINT, () => Log.Add("mine"));
        }

        runner.Run(async () =>
        {
            if (!isBefore)
            {
                runner.Loop.AddSignalHandler(PosixSignal.SIGINT, () => Log.Add("mine"));
            }

            Interrupt();
            Interrupt();
            await Asyncio.SleepAsync(Soon);
        });
        Assert.That(Log, Is.EqualTo((string[])["mine", "mine"]));
        Assert.That(runner.Loop.RemoveSignalHandler(PosixSignal.SIGINT), Is.True);
    }

    /// <summary>Who does not want it says so.</summary>
    [Test]
    public void TurnedOff_CtrlCIsLeftAlone() => Asyncio.Run(
        async () =>
        {
            Assert.Throws<InvalidOperationException>(Interrupt);
            await Asyncio.YieldAsync();
        },
        () => NewLoop(new LoopOptions { CancelsMainOnInterrupt = false }, _signals));

    /// <summary>A token and Ctrl-C, both at once, are one stop: that of the program that has wired the one to the other.</summary>
    [Test]
    public void ATokenAndCtrlC_AreOneStop()
    {
        using var source = new CancellationTokenSource();
        using var runner = new Runner(NewLoop);
        var error = Assert.Throws<OperationCanceledException>(() => runner.Run(
            async () =>
            {
                source.Cancel();
                Interrupt();
                try
                {
                    await Asyncio.SleepAsync(TimeSpan.FromHours(1));
                }
                finally
                {
                    await Asyncio.SleepAsync(TimeSpan.FromHours(1));
                }
            },
            source.Token))!;
        Assert.That(error.CancellationToken, Is.EqualTo(source.Token));
    }

    private void Interrupt() => _signals.Raise(PosixSignal.SIGINT);

    private EventLoop NewLoop() => NewLoop(new LoopOptions(), _signals);

    private EventLoop NewLoop(LoopOptions options, VirtualSignals signals)
    {
        var loop = NewLoop(options);
        loop.SetSignalSource(signals);
        return loop;
    }
}
