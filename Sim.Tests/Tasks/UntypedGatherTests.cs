using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Gathering futures of different types, and who has seen their failures: section G of the rules.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class UntypedGatherTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>Rule 61: asyncio gathers whatever is awaitable.</summary>
    [Test]
    public void Results_OfDifferentTypes_AreInArgumentOrder() => Run(async () =>
    {
        var number = Asyncio.CreateTask(async () =>
        {
            await Asyncio.SleepAsync(Milliseconds(2));
            return 3;
        });
        var word = Loop.CreateFuture<string>();
        word.SetResult("three");
        Assert.That(await Asyncio.GatherAsync([number, word]), Is.EqualTo((object[])[3, "three"]));
    });

    /// <summary>Rule 61 with <c>return_exceptions</c>: a failure and a cancellation stand among the results.</summary>
    [Test]
    public void Outcomes_OfDifferentTypes_HaveFailuresAsValues() => Run(async () =>
    {
        var (number, word, list) = (Loop.CreateFuture<int>(), Loop.CreateFuture<string>(), Loop.CreateFuture<int[]>());
        number.SetException(new FormatException());
        word.Cancel();
        list.SetResult([7]);
        var outcomes = await Asyncio.GatherOutcomesAsync([number, word, list]);
        Assert.That(outcomes[0].Exception, Is.TypeOf<FormatException>());
        Assert.That(outcomes[1].Exception, Is.InstanceOf<OperationCanceledException>());
        Assert.That(outcomes[2].Result, Is.EqualTo((int[])[7]));
    });

    /// <summary>Rule 43: gather looks at a failure that it returns when it makes the list, at one that it raises at once.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void AFailure_CountsAsSeen_WhenTheGatherTakesIt(bool asOutcomes)
    {
        var (failed, pending) = (Loop.CreateFuture<int>(), Loop.CreateFuture<int>());
        failed.SetException(new FormatException());
        Future? gather = null;
        Loop.CallSoon(() =>
        {
            gather = asOutcomes ? Asyncio.GatherOutcomesAsync<int>(failed, pending) : Asyncio.GatherAsync<int>(failed, pending);
            Assert.That(failed.IsExceptionRetrieved, Is.EqualTo(!asOutcomes));
            Assert.That(gather.IsDone, Is.EqualTo(!asOutcomes));
            pending.SetResult(1);
        });
        Iterate();
        Iterate();
        Assert.That(failed.IsExceptionRetrieved, Is.True);
        Assert.That(gather!.Exception, asOutcomes ? Is.Null : Is.TypeOf<FormatException>());
    }
}
