using System.Collections.Immutable;
using NUnit.Framework;
using Sim.World;

namespace Sim.Tests;

/// <summary>Histories whose verdicts are known. Those of queues and registers are after Herlihy and Wing (1990), figures 1 and 2.</summary>
public class LinearizabilityTests
{
    [Test]
    public void Queue_PutsThatOverlap_MayComeEitherWay()
    {
        var history = Write("A inv put 1", "B inv put 2", "B ok", "A ok", "B inv take", "B ok 1", "A inv take", "A ok 2", "A inv put 3");
        Assert.That(Order(history, new QueueModel()), Is.EqualTo("A put 1, B put 2, B take, A take"));
    }

    [Test]
    public void Queue_AfterAPutThatHadEnded_TheOtherCannotComeFirst() =>
        Assert.That(Reason(Write("A inv put 1", "A ok", "B inv put 2", "B ok", "A inv take", "A ok 2"), new QueueModel()),
            Is.EqualTo("A put 1, B put 2 | A take would return 1"));

    [Test]
    public void Queue_WhatIsTakenMeanwhile_IsFine() =>
        Assert.That(Order(Write("A inv put 1", "B inv take", "B ok 1"), new QueueModel()), Is.EqualTo("A put 1, B take"));

    [Test]
    public void Queue_NothingIsTakenTwice() =>
        Assert.That(
            Reason(Write("A inv put 1", "B inv put 2", "A ok", "B ok", "A inv take", "C inv take", "A ok 2", "C ok 2"), new QueueModel()),
            Does.EndWith("C take would return 1"));

    [Test]
    public void Register_AWriteThatIsStillOn_MayHaveBeenSeen() =>
        Assert.That(
            Order(Write("A inv write 1", "B inv read", "B ok 1", "C inv read", "C ok 1"), new RegisterModel()),
            Is.EqualTo("A write 1, B read, C read"));

    [Test]
    public void Register_AValueThatWasSeen_IsNotUnseen() =>
        Assert.That(Reason(Write("A inv write 1", "B inv read", "B ok 1", "C inv read", "C ok 0"), new RegisterModel()),
            Is.EqualTo("A write 1, B read | C read would return 1"));

    [Test]
    public void Register_AWriteWithoutResponse_NeedNotHaveBeen() =>
        Assert.That(
            Order(Write("A inv write 1", "B inv read", "B ok 0", "B inv read", "B ok 0"), new RegisterModel()),
            Is.EqualTo("B read, B read"));

    [Test]
    public void WhatWasCancelled_HasHadNoEffect_UnlessTheModelSaysThatItMay()
    {
        var history = Write("A inv write 1", "A cancelled", "B inv read", "B ok 1");
        Assert.That(Reason(history, new RegisterModel()), Is.EqualTo(" | B read would return 0"));
        Assert.That(Order(history, new RegisterModel(isLossy: true)), Is.EqualTo("A write 1, B read"));
    }

    [Test]
    public void WhatMayHaveTakenEffect_MayTakeItLater() =>
        Assert.That(
            Order(Write("A inv write 1", "A cancelled", "B inv read", "B ok 0", "B inv read", "B ok 1"), new RegisterModel(isLossy: true)),
            Is.EqualTo("B read, A write 1, B read"));

    [Test]
    public void AnException_IsAResult()
    {
        var model = new RegisterModel();
        Assert.That(Order(Write("A inv write -1", "A throws", "B inv read", "B ok 0"), model), Is.EqualTo("A write -1, B read"));
        Assert.That(Reason(Write("A inv write 1", "A throws"), model), Is.EqualTo(" | A write 1 would just return"));
        Assert.That(Reason(Write("A inv write -1", "A ok"), model), Is.EqualTo(" | A write -1 would throw ArgumentException"));
    }

    [Test]
    public void ACallThatIsLeft_MustHaveToWait_OnceNothingGoesOn()
    {
        string[] waits = ["A inv take", "B inv put 1", "B ok", "B inv take", "B ok 1"];
        string[] sleeps = [.. waits, "B inv put 2", "B ok"];
        Assert.That(Order(Write(waits) with { IsQuiescent = true }, new QueueModel()), Is.EqualTo("B put 1, B take"));
        Assert.That(Order(Write(sleeps), new QueueModel()), Is.EqualTo("B put 1, B take, B put 2"));
        Assert.That(Reason(Write(sleeps) with { IsQuiescent = true }, new QueueModel()),
            Is.EqualTo("B put 1, B take, B put 2 | A take need not wait, and never ends"));
    }

    [Test]
    public void Parts_AreCheckedByThemselves()
    {
        var history = Write("A inv write 1", "A ok", "B inv read", "B ok 0");
        var report = Linearizability.Check(history, new PartsModel());
        Assert.That(report.IsLinearizable, Is.True);
        Assert.That(report.Parts.Select(static part => part.Part), Is.EqualTo(new[] { "write", "read" }));
    }

    [Test]
    public void ALongHistory_IsCheckedInTheTimeOfItsWidth()
    {
        var recorder = new HistoryRecorder();
        var state = 0;
        for (var i = 0; i < 3_000; i++)
        {
            int[] open = [recorder.Invoke("A", $"write {i}"), recorder.Invoke("B", "read"), recorder.Invoke("C", "read")];
            recorder.Respond(open[1], CallOutcome.Returned(state));
            state = i;
            recorder.Respond(open[2], CallOutcome.Returned(state));
            recorder.Respond(open[0], CallOutcome.Returned(null));
        }

        var report = Linearizability.Check(recorder.ToHistory(), new RegisterModel());
        Assert.That(report.IsLinearizable, Is.True);
        Assert.That(report.Parts[0].Configurations, Is.LessThan(40_000));
    }

    [Test]
    public void AHistoryThatIsTooBroad_IsRefused()
    {
        var recorder = new HistoryRecorder();
        for (var i = 0; i < 20; i++)
        {
            recorder.Invoke($"W{i}", $"put {i}");
        }

        recorder.Respond(recorder.Invoke("R", "take"), CallOutcome.Returned(99));
        Assert.That(() => Linearizability.Check(recorder.ToHistory(), new QueueModel(), limit: 1_000),
            Throws.TypeOf<HistoryTooBroadException>()
                .With.Message.Contain("The history of 21 calls was not decided within 1000 configurations"));
    }

    [Test]
    public void ATaskThatCallsTwiceAtOnce_IsRefused()
    {
        var recorder = new HistoryRecorder();
        recorder.Invoke("A", "read");
        Assert.That(
            () => recorder.Invoke("A", "read"),
            Throws.InvalidOperationException.With.Message.Contain("A calls \"read\" and still waits for \"read\""));
    }

    [Test]
    public void AStrangeOperation_IsRefused()
    {
        var recorder = new HistoryRecorder();
        recorder.Invoke("A", 1);
        Assert.That(
            () => Linearizability.Check(recorder.ToHistory(), new QueueModel()),
            Throws.ArgumentException.With.Message.Contain("Int32 is no operation of the model, which knows String."));
    }

    private static History Write(params string[] events)
    {
        var recorder = new HistoryRecorder();
        var open = new Dictionary<string, int>();
        foreach (var words in events.Select(static text => text.Split(' ')))
        {
            var task = words[0];
            if (words[1] == "inv")
            {
                open[task] = recorder.Invoke(task, string.Join(' ', words[2..]));
                continue;
            }

            recorder.Respond(open[task], words[1] switch
            {
                "cancelled" => CallOutcome.Threw(new OperationCanceledException()),
                "throws" => CallOutcome.Threw(new ArgumentException("below zero")),
                _ => CallOutcome.Returned(words.Length > 2 ? int.Parse(words[2], null) : null),
            });
        }

        return recorder.ToHistory();
    }

    private static string Order<TState>(History history, ISequentialModel<TState, string> model)
    {
        var report = Linearizability.Check(history, model);
        Assert.That(report.IsLinearizable, Is.True);
        return Order(report.Parts.Single());
    }

    private static string Reason<TState>(History history, ISequentialModel<TState, string> model)
    {
        var failed = Linearizability.Check(history, model).Failed!;
        var reasons = failed.Rejected.Select(static rejected => $"{Short(rejected.Call)} {rejected.Reason}");
        return $"{Order(failed)} | {string.Join(", ", reasons)}";
    }

    private static string Order(Linearization part) => string.Join(", ", part.Order.Select(static placed => Short(placed.Call)));

    private static string Short(Call call) => $"{call.Task} {call.Operation}";

    private sealed class QueueModel : ISequentialModel<ImmutableQueue<int>, string>
    {
        public ImmutableQueue<int> Initial => [];

        public ModelStep<ImmutableQueue<int>, object?> Apply(ImmutableQueue<int> state, string operation) => operation.Split(' ') switch
        {
            ["put", var number] => (state.Enqueue(int.Parse(number, null)), null),
            _ => state.IsEmpty ? ModelStep.Waits : (state.Dequeue(), state.Peek()),
        };
    }

    private sealed class RegisterModel(bool isLossy = false) : ISequentialModel<int, string>
    {
        public int Initial => 0;

        public ModelStep<int, object?> Apply(int state, string operation) => operation.Split(' ') switch
        {
            ["write", ['-', ..]] => ModelStep.Throws<ArgumentException>(),
            ["write", var number] => (int.Parse(number, null), null),
            _ => (state, state),
        };

        public bool MayHaveTakenEffect(string operation, Exception error) => isLossy;
    }

    // Wrong for a register, and so a proof that the parts do not see each other.
    private sealed class PartsModel : ISequentialModel<int, string>
    {
        public int Initial => 0;

        public ModelStep<int, object?> Apply(int state, string operation) => new RegisterModel().Apply(state, operation);

        public object? PartOf(string operation) => operation.Split(' ')[0];
    }
}
