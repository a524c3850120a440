using Sim.World;

namespace Sim.Properties;

/// <summary>
/// The definition of linearizability, taken literally: some set of calls that contains all it must, in some order, that keeps calls
/// after those that had ended before they began, and that the model explains. For histories of a few calls.
/// </summary>
public static class BruteForce
{
    public static bool IsLinearizable<TState, TOperation>(History history, ISequentialModel<TState, TOperation> model)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(model);
        var calls = history.Calls.Where(call => call.Outcome.Kind != CallOutcomeKind.Cancelled).ToArray();
        var left = calls.Where(call => history.IsQuiescent && call.Responded is null).ToArray();
        var free = calls.Except(left).Where(call => IsFree(call, model)).ToArray();
        var needed = calls.Except(left).Except(free).ToArray();
        return Subsets(free).Any(taken => Orders([.. needed, .. taken])
            .Any(order => KeepsTime(order, model) && Explains(order, model, out var end) && left.All(call => Waits(call, end, model))));
    }

    // Whether it may have taken effect or not.
    private static bool IsFree<TState, TOperation>(Call call, ISequentialModel<TState, TOperation> model) =>
        call.Responded is null || (call.Outcome.Error is { } error && model.MayHaveTakenEffect((TOperation)call.Operation, error));

    private static bool KeepsTime<TState, TOperation>(Call[] order, ISequentialModel<TState, TOperation> model)
    {
        for (var i = 0; i < order.Length; i++)
        {
            for (var k = i + 1; k < order.Length; k++)
            {
                if (!IsFree(order[k], model) && order[k].Responded!.Value.Order < order[i].Invoked.Order)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool Explains<TState, TOperation>(Call[] order, ISequentialModel<TState, TOperation> model, out TState end)
    {
        end = model.Initial;
        foreach (var call in order)
        {
            var step = model.Apply(end, (TOperation)call.Operation);
            var isExplained = step.Otherwise is { } otherwise
                ? otherwise.Error is { } error && (IsFree(call, model) || error.IsInstanceOfType(call.Outcome.Error))
                : IsFree(call, model) || (call.Outcome.Kind == CallOutcomeKind.Returned && Equals(call.Outcome.Value, step.Result));
            if (!isExplained)
            {
                return false;
            }

            end = step.Otherwise is null ? step.State! : end;
        }

        return true;
    }

    private static bool Waits<TState, TOperation>(Call call, TState state, ISequentialModel<TState, TOperation> model) =>
        model.Apply(state, (TOperation)call.Operation).Otherwise is { Error: null };

    private static IEnumerable<Call[]> Subsets(Call[] calls) =>
        Enumerable.Range(0, 1 << calls.Length).Select(bits => calls.Where((_, i) => (bits & (1 << i)) != 0).ToArray());

    private static IEnumerable<Call[]> Orders(Call[] calls) => calls.Length == 0
        ? [[]]
        : calls.SelectMany((first, i) => Orders([.. calls[..i], .. calls[(i + 1)..]]).Select(rest => (Call[])[first, .. rest]));
}
