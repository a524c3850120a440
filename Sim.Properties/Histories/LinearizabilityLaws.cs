using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Sim.World;

namespace Sim.Properties;

/// <summary>The checker says what the definition says, and its order can be looked at.</summary>
[Properties(MaxTest = 5_000, QuietOnSuccess = true)]
public class LinearizabilityLaws
{
    [Property]
    public Property Verdict_IsThatOfTheDefinition() => Prop.ForAll(Histories(), static history =>
    {
        var expected = BruteForce.IsLinearizable(history, new StoreModel());
        return (Check(history) == expected).Label(expected ? "is linearizable" : "is not").Classify(expected, "linearizable");
    });

    [Property]
    public Property Verdict_IsTheSame_ByParts() => Prop.ForAll(Histories(), static history =>
        Linearizability.Check(history, new KeyModel()).IsLinearizable == Check(history));

    [Property]
    public Property OrderOfALinearizableHistory_IsOne() => Prop.ForAll(Histories(), static history =>
    {
        var report = Linearizability.Check(history, new StoreModel());
        if (!report.IsLinearizable || report.Parts.IsEmpty)
        {
            return true;
        }

        // Each call alone, in the given order: now there is only one order, and it must be explained.
        var order = report.Parts.Single().Order.Select(static placed => placed.Call).ToList();
        var recorder = new HistoryRecorder();
        foreach (var call in order)
        {
            recorder.Respond(recorder.Invoke(call.Task, call.Operation), call.Outcome.Kind == CallOutcomeKind.Pending
                ? CallOutcome.Threw(new TimeoutException())
                : call.Outcome);
        }

        var keepsTime = order.Index().All(pair => order.Skip(pair.Index + 1).All(later =>
            later.Responded is null || later.Outcome.Error is TimeoutException || later.Responded.Value.Order > pair.Item.Invoked.Order));
        return keepsTime && Check(recorder.ToHistory());
    });

    [Property]
    public Property BeginningOfAHistoryThatIsNot_IsTheLongest_AndTheReasonIsAmongTheNext() => Prop.ForAll(Histories(), static history =>
        Linearizability.Check(history, new StoreModel()).Failed is not { } failed
        || (failed.Rejected.Length > 0 && failed.Rejected.All(rejected => failed.Order.All(placed => placed.Call != rejected.Call))));

    [Property]
    public Property MoreCalls_NeverMendAHistory() => Prop.ForAll(Histories(), static history =>
    {
        // Without its last call a linearizable history, in which nothing need go on, is linearizable.
        var open = history with { IsQuiescent = false };
        var last = open.Calls.MaxBy(static call => call.Responded?.Order ?? int.MaxValue);
        return last is null || !Check(open) || Check(open with
        {
            Calls = open.Calls.Replace(last, last with { Responded = null, Outcome = CallOutcome.Pending }),
        });
    });

    [Test]
    public void CheckersWithAMistake_AreRefuted() => Assert.Multiple(() =>
    {
        Assert.That(Refute(static history => With(history, Endless)), Is.LessThanOrEqualTo(3), "ignores time");
        Assert.That(Refute(static history => With(history, Forgiven)), Is.LessThanOrEqualTo(2), "trusts no exception");
        Assert.That(Refute(static history => history with { IsQuiescent = !history.IsQuiescent }), Is.LessThanOrEqualTo(2), "mistakes the end");
        Assert.That(
            Refute(static history => history with { Calls = history.Calls.RemoveAll(static call => call.Responded is null) }),
            Is.LessThanOrEqualTo(2),
            "ignores what has no response");
    });

    private static History With(History history, Func<Call, Call> change) => history with { Calls = [.. history.Calls.Select(change)] };

    private static Call Endless(Call call) =>
        call.Responded is { } end ? call with { Responded = end with { Order = end.Order + 1_000 } } : call;

    private static Call Forgiven(Call call) => call.Outcome.Kind == CallOutcomeKind.Threw
        ? call with { Outcome = CallOutcome.Threw(new OperationCanceledException()) }
        : call;

    // How many calls it takes to show that a checker which sees the history otherwise is wrong.
    private static int Refute(Func<History, History> seen) => Refutation.Of(
        Histories(), history => Check(seen(history)) == BruteForce.IsLinearizable(history, new StoreModel())).Calls.Length;

    private static bool Check(History history) => Linearizability.Check(history, new StoreModel()).IsLinearizable;

    private static Arbitrary<History> Histories()
    {
        var move = from task in Gen.Choose(0, 2)
                   from kind in Gen.Frequency((9, Gen.Choose(0, 4)), (2, Gen.Constant(5)), (1, Gen.Constant(6)), (1, Gen.Constant(7)))
                   from key in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Constant(StoreModel.Keys - 1)))
                   from value in Gen.Choose(0, 2)
                   select new HistoryMove(task, kind, key, value);
        var histories = from count in Gen.Choose(0, 12)
                        from moves in move.ArrayOf(count)
                        from isQuiescent in Gen.Elements(true, false)
                        select HistoryMove.ToHistory(moves, isQuiescent);
        return Arb.From(histories.Where(static history => history.Calls.Length <= 6), Shrink);
    }

    // Without one call, whatever came of the others.
    private static IEnumerable<History> Shrink(History history) =>
        history.Calls.Select(call => history with { Calls = history.Calls.Remove(call) });
}
