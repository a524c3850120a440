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

    private static Failure? Check(Func<Task> body, int repetitions)
    {
        RunReport Run(IStrategy strategy) => Races.Run(body, new SimulationOptions { Strategy = strategy, WatchThreadPool = false });
        return DeterminismCheck.Run(Run(new FifoStrategy()), Run, repetitions);
    }
}
