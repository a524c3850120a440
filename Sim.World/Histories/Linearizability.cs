namespace Sim.World;

/// <summary>
/// Checks whether a history is linearizable: whether its calls can be put into one order that keeps each call after those that
/// had ended before it began, and in which each does what a sequential model says (Herlihy and Wing 1990).
/// </summary>
public static class Linearizability
{
    /// <summary>
    /// Checks a history against a model. A call without a response may or may not have taken effect, unless the history is
    /// <see cref="History.IsQuiescent"/>.
    /// </summary>
    /// <param name="history">What happened.</param>
    /// <param name="model">What may happen.</param>
    /// <param name="limit">How many configurations may be looked into for one part.</param>
    /// <exception cref="HistoryTooBroadException">The limit was reached.</exception>
    /// <exception cref="ArgumentException">An operation is none of the model's.</exception>
    public static LinearizabilityReport Check<TState, TOperation>(
        History history, ISequentialModel<TState, TOperation> model, int limit = 1_000_000)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(model);
        if (history.Calls.FirstOrDefault(static call => call.Operation is not TOperation) is { } stranger)
        {
            throw new ArgumentException(
                $"{stranger.Operation.GetType().Name} is no operation of the model, which knows {typeof(TOperation).Name}.",
                nameof(history));
        }

        var parts = new List<Linearization>();
        foreach (var part in history.Calls.GroupBy(call => model.PartOf((TOperation)call.Operation)))
        {
            parts.Add(new LinearizationSearch<TState, TOperation>(part.Key, history with { Calls = [.. part] }, model, limit).Run());
            if (!parts[^1].IsComplete)
            {
                break;
            }
        }

        return new LinearizabilityReport(history, [.. parts]);
    }
}
