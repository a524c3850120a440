using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Samples;
using Sim.Core;
using Sim.Testing.FsCheck;
using Sim.World;

namespace Sim.Tests;

/// <summary>Simulated properties as a user writes them.</summary>
[SimProperties(MaxTest = 30, Arbitrary = [typeof(SmallAmounts)])]
public sealed class SimPropertyExamples
{
    private int _paid;

    [SetUp]
    public async Task SetUpInsideTheSimulation()
    {
        await Asyncio.SleepAsync(TimeSpan.FromMinutes(1));
        _paid = 0;
    }

    [TearDown]
    public void TearDownInsideTheSimulation() =>
        Assert.That(Simulation.Current.Loop.IsRunning, Is.True, "Tear-down belongs to the run.");

    [SimProperty]
    public async Task Payments_AddUp(Amount[] amounts)
    {
        await Asyncio.GatherAsync(amounts.Select((amount, i) => Asyncio.CreateTask(() => PayAsync(amount), $"payer-{i}")));

        Assert.That(_paid, Is.EqualTo(amounts.Sum(static amount => amount.Value)));
    }

    [SimProperty(MustFail = "a canary: who comes first is not decided")]
    public async Task<bool> TheFirst_IsFirst(TimeSpan one, TimeSpan other)
    {
        var order = new List<int>();
        await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => ArriveAsync(1, one), "one"), Asyncio.CreateTask(() => ArriveAsync(2, other), "other"));
        return order[0] == 1;

        async Task ArriveAsync(int who, TimeSpan delay)
        {
            await Asyncio.SleepAsync(delay);
            order.Add(who);
        }
    }

    [SimProperty]
    public async ValueTask Delays_AreNeverNegative(TimeSpan delay)
    {
        var start = Simulation.Current.Loop.Time;
        await Asyncio.SleepAsync(delay);
        Assert.That(Simulation.Current.Loop.Time - start, Is.GreaterThanOrEqualTo(delay));
    }

    [SimProperty]
    public bool Amounts_AreSmall(Amount amount) => amount.Value is > 0 and <= 100;

    [SimProperty]
    public void TheSetUp_WasInside(bool _) =>
        Assert.That(Simulation.Current.Loop.Time.SinceOrigin, Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(1)));

    [SimProperty]
    public Property SmallAmounts_ArePaid(Amount amount) => (amount.Value <= 100).Label("small").When(amount.Value > 10);

    [SimProperty]
    public async Task<Property> Payments_AreCounted(Amount amount)
    {
        await PayAsync(amount);
        return (_paid == amount.Value).Label($"{_paid} paid");
    }

    [SimProperty]
    public async Task AScheduleOfOnesOwn_MayBeAskedFor(Schedule schedule)
    {
        await Asyncio.YieldAsync();
        Assert.That(schedule.Values, Has.All.GreaterThanOrEqualTo(0));
    }

    [SimProperty]
    public IMachine TheMendedRegister_IsLinearizable() => SampleMachines.Register(() => new MendedRegister());

    // It ends with the first failure, so that a large number costs nothing; thirty samples miss it once in a while.
    [SimProperty(MustFail = "a swap looks first, and writes after an await", MaxTest = 1_000)]
    public IMachine TheRacyRegister_IsNot() => SampleMachines.Register(() => new RacyRegister());

    private async Task PayAsync(Amount amount)
    {
        await Asyncio.YieldAsync();
        _paid += amount.Value;
    }

    public sealed record Amount(int Value);

    private static class SmallAmounts
    {
        public static Arbitrary<Amount> Amounts() => Gen.Choose(1, 100).Select(static value => new Amount(value)).ToArbitrary();
    }
}
