using System.Collections.Immutable;
using Sim.World;

namespace Sim.Properties;

/// <summary>
/// A move in the making of a random history: a task that is idle calls something, one that has called gets an answer. Every list of
/// moves makes a history; the answers are those of a store that works, unless the move says otherwise.
/// </summary>
/// <param name="Task">Who moves.</param>
/// <param name="Kind">What is called, or how the answer differs.</param>
/// <param name="Key">On which key.</param>
/// <param name="Value">With which number.</param>
public readonly record struct HistoryMove(int Task, int Kind, int Key, int Value)
{
    /// <summary>The history of a list of moves.</summary>
    public static History ToHistory(IEnumerable<HistoryMove> moves, bool isQuiescent)
    {
        ArgumentNullException.ThrowIfNull(moves);
        var recorder = new HistoryRecorder();
        var open = new SortedDictionary<int, (int Number, StoreOperation Operation)>();
        var state = new StoreModel().Initial;
        foreach (var move in moves)
        {
            if (open.Remove(move.Task, out var call))
            {
                recorder.Respond(call.Number, move.Answer(call.Operation, ref state));
            }
            else
            {
                var operation = move.ToOperation();
                open[move.Task] = (recorder.Invoke($"T{move.Task}", operation), operation);
            }
        }

        return recorder.ToHistory(isQuiescent);
    }

    private StoreOperation ToOperation() => (Kind % 4) switch
    {
        0 => new StoreOperation.Get(Key),
        1 => new StoreOperation.Take(Key),
        _ => new StoreOperation.Put(Key, Value == 0 ? -1 : Value),
    };

    private CallOutcome Answer(StoreOperation operation, ref ImmutableArray<int> state)
    {
        var step = new StoreModel().Apply(state, operation);
        if (Kind % 8 == 7)
        {
            return CallOutcome.Threw(new OperationCanceledException());
        }

        state = step.Otherwise is null ? step.State : state;
        return (Kind % 8, step.Otherwise) switch
        {
            (6, _) => CallOutcome.Threw(new TimeoutException()),
            (5, _) => CallOutcome.Returned(Value),
            (_, { Error: null }) => CallOutcome.Threw(new OperationCanceledException()),
            (_, { }) => CallOutcome.Threw(new ArgumentException("refused", nameof(operation))),
            _ => CallOutcome.Returned(step.Result),
        };
    }
}
