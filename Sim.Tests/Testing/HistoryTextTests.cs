using NUnit.Framework;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

public class HistoryTextTests
{
    [Test]
    public Task Text_OfEveryOutcome()
    {
        var recorder = new HistoryRecorder();
        var put = recorder.Invoke("writer", "put");
        var get = recorder.Invoke("reader", "get");
        recorder.Respond(put, CallOutcome.Returned(null));
        recorder.Respond(get, CallOutcome.Threw(new TimeoutException()));
        recorder.Respond(recorder.Invoke("reader", "get"), CallOutcome.Returned("a \"b\"\n"));
        recorder.Respond(recorder.Invoke("reader", "list"), CallOutcome.Returned(new[] { (1, "x"), (2, "y") }));
        recorder.Respond(recorder.Invoke("writer", "put"), CallOutcome.Threw(new OperationCanceledException()));
        recorder.Invoke("writer", "wait");
        recorder.Invoke("reader", "wait");

        return Verify(HistoryText.Of(recorder.ToHistory()));
    }

    [Test]
    public Task Text_OfAnOrderThatExplains()
    {
        var recorder = new HistoryRecorder();
        var add = recorder.Invoke("B", 2);
        recorder.Respond(recorder.Invoke("A", 1), CallOutcome.Returned(3));
        recorder.Respond(add, CallOutcome.Returned(2));

        return Verify(HistoryText.Of(Linearizability.Check(recorder.ToHistory(), new Adder())));
    }

    [Test]
    public Task Text_WhenNothingCanBeTheFirst()
    {
        var recorder = new HistoryRecorder();
        var add = recorder.Invoke("B", 2);
        recorder.Respond(recorder.Invoke("A", 1), CallOutcome.Returned(2));
        recorder.Respond(add, CallOutcome.Returned(1));

        return Verify(HistoryText.Of(Linearizability.Check(recorder.ToHistory(), new Adder())));
    }

    private sealed class Adder : ISequentialModel<int, int>
    {
        public int Initial => 0;

        public ModelStep<int, object?> Apply(int state, int operation) => (state + operation, state + operation);
    }
}
