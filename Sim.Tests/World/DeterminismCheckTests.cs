using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

public class DeterminismCheckTests
{
    private static int _runs;

    [Test]
    public void DeterministicRun_Passes() => Assert.That(Check(static () => Races.Turns.Body(), 3), Is.Null);

    [Test]
    public void NewGuidInControlFlow_IsCaught_AndTheFirstEventThatDiffersNamed()
    {
        var failure = Check(
            static async () =>
            {
                Simulation.Current.Note("before");
                // One run in 65,536 repeats the number of the first.
                await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(BitConverter.ToUInt16(Guid.NewGuid().ToByteArray()) + 1));
            },
            3);
        Assert.That(failure?.Kind, Is.EqualTo(FailureKind.Nondeterministic));
        Assert.That(failure!.Message, Does.Contain("at event 4:").And.Contain("sleeps until").And.Contain("both after:  0.000s step 1 main: \"before\"").And.Contain("Guid.NewGuid"));
    }

    [Test]
    public void StaticLeftBehind_IsCaught()
    {
        _runs = 0;
        var failure = Check(
            static async () =>
            {
                if (_runs++ > 0)
                {
                    await Asyncio.YieldAsync();
                }
            },
            1);
        Assert.That(failure?.Kind, Is.EqualTo(FailureKind.Nondeterministic));
    }

    [Test]
    public void RunThatEndsEarlier_IsCaught()
    {
        _runs = 0;
        var failure = Check(
            static () =>
            {
                if (_runs++ == 0)
                {
                    Simulation.Current.Note("only once");
                }

                return Task.CompletedTask;
            },
            1);
        Assert.That(failure?.Message, Does.Contain("\"only once\""));
    }

    [Test]
    public void OtherTaskThatIsReady_IsNamed_ThoughNobodyHasChosenItYet()
    {
        _runs = 0;
        var failure = Check(
            static async () =>
            {
                var gates = new[] { Asyncio.GetRunningLoop().CreateFuture(), Asyncio.GetRunningLoop().CreateFuture() };
                var alice = Asyncio.CreateTask(() => WaitAsync(gates[0]), "alice");
                var carol = Asyncio.CreateTask(() => WaitAsync(gates[1]), "carol");
                var bob = Asyncio.CreateTask(TurnsAsync, "bob");
                await Asyncio.YieldAsync();
                // Nothing of this is in the trace: who is woken shows when his turn comes.
                gates[_runs++ % 2].SetResult();
                await Asyncio.YieldAsync();
                gates[_runs % 2].SetResult();
                await Asyncio.GatherAsync(alice, bob, carol);
            },
            1);
        Assert.That(failure?.Kind, Is.EqualTo(FailureKind.Nondeterministic));
        Assert.That(failure!.Message, Does.Contain(
            "They differ for the first time at step 6, at 0.000s, in which tasks are ready:\n"
            + "    one run:     bob#2, alice#2, main#3\n"
            + "    the other:   bob#2, carol#2, main#3\n"
            + "    both after:  "));

        static async Task WaitAsync(Future gate) => await gate;

        static async Task TurnsAsync()
        {
            for (var i = 0; i < 3; i++)
            {
                await Asyncio.YieldAsync();
            }
        }
    }

    [Test]
    public void TasksThatAreReadyInAnotherOrder_AreNamed()
    {
        _runs = 0;
        var failure = Check(
            static async () =>
            {
                var gates = new[] { Asyncio.GetRunningLoop().CreateFuture(), Asyncio.GetRunningLoop().CreateFuture() };
                var alice = Asyncio.CreateTask(() => WaitAsync(gates[0]), "alice");
                var bob = Asyncio.CreateTask(() => WaitAsync(gates[1]), "bob");
                await Asyncio.YieldAsync();
                gates[_runs++ % 2].SetResult();
                gates[_runs % 2].SetResult();
                await Asyncio.GatherAsync(alice, bob);
            },
            1);
        Assert.That(failure!.Message, Does.Contain("at step 5, at 0.000s, in which tasks are ready:"));

        static async Task WaitAsync(Future gate) => await gate;
    }

    [Test]
    public void DrawThatIsAnotherOne_IsNamed()
    {
        _runs = 0;
        var failure = Check(
            static async () =>
            {
                await Asyncio.YieldAsync();
                // A draw of 0 leaves no line in the trace.
                Simulation.Current.Draw(_runs++ == 0 ? "latency" : "jitter", 10);
            },
            1);
        Assert.That(failure!.Message, Does.Contain(
            "They differ for the first time at step 2, at 0.000s, in a draw:\n"
            + "    one run:     'latency' was drawn, one of 10\n"
            + "    the other:   'jitter' was drawn, one of 10\n"));
    }

    [Test]
    public void RunWithoutARecord_CannotBeDoubted() => Assert.That(
        static () => DeterminismCheck.Run(
            Races.Turns.Run(new FifoStrategy(), records: false), static strategy => Races.Turns.Run(strategy), 1),
        Throws.ArgumentException);

    private static Failure? Check(Func<Task> body, int repetitions)
    {
        RunReport Run(IStrategy strategy) => Races.Run(body, new SimulationOptions { Strategy = strategy, WatchThreadPool = false });
        return DeterminismCheck.Run(Run(new FifoStrategy()), Run, repetitions);
    }
}
