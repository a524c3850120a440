using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

public sealed class ManyTimersTests() : LoopFixture(LoopKind.Virtual)
{
    /// <summary>A million pseudo-random deadlines fire in the order (deadline, creation), each at its time (rules 6, 7, 9).</summary>
    [Test]
    public void AMillionTimers_FireByDeadlineAndCreation()
    {
        const int count = 1_000_000;
        var x = 42UL;
        var (fired, lastWhen, lastIndex, wrong) = (0, Instant.Zero, -1, 0);
        for (var i = 0; i < count; i++)
        {
            x = (x * 6364136223846793005UL) + 1442695040888963407UL;
            var (index, when) = (i, Instant.Zero + Milliseconds(1 + ((x >> 33) % 1_000_000)));
            Loop.CallAt(when, () => Fired(index, when));
        }

        Loop.CallLater(TimeSpan.FromMilliseconds(1_000_001), Loop.Stop);
        Loop.RunForever();
        Assert.That((fired, wrong), Is.EqualTo((count, 0)));
        Assert.That(Loop.Time, Is.EqualTo(Instant.Zero + TimeSpan.FromMilliseconds(1_000_001)));

        void Fired(int index, Instant when)
        {
            fired++;
            var inOrder = lastWhen < when || (lastWhen == when && lastIndex < index);
            wrong += inOrder && Loop.Time == when ? 0 : 1;
            (lastWhen, lastIndex) = (when, index);
        }
    }

    [Test]
    public void AThousandYears_PassInOneIteration()
    {
        Loop.CallLater(TimeSpan.FromDays(365_000), Loop.Stop);
        Loop.RunForever();
        Assert.That(Loop.Iteration, Is.EqualTo(1));
        Assert.That(Loop.Time.SinceOrigin, Is.EqualTo(TimeSpan.FromDays(365_000)));
    }
}
