namespace Sim.Core;

/// <summary>What the combinators of several futures share.</summary>
internal static class Futures
{
    /// <summary>The futures without repetitions, in argument order; refuses null and futures of another loop.</summary>
    public static TFuture[] OfOneLoop<TFuture>(EventLoop loop, IEnumerable<TFuture> futures, string use)
        where TFuture : Future
    {
        ArgumentNullException.ThrowIfNull(futures);
        TFuture[] members = [.. futures.Distinct()];
        foreach (var member in members)
        {
            Check(loop, member, use);
        }

        return members;
    }

    /// <summary>Refuses null and a future of another loop.</summary>
    public static void Check(EventLoop loop, Future? future, string use)
    {
        if (future is null)
        {
            throw new ArgumentException($"One of the futures to {use} {Places.Here()} is null.");
        }

        if (!ReferenceEquals(future.Loop, loop))
        {
            throw new ArgumentException(
                $"{future.Describe()} belongs to {future.Loop.Options.Name}, not to {loop.Options.Name}: all futures to {use} {Places.Here()} must be of one loop.");
        }
    }

    /// <summary>For stall reports: how many there are, and those that are pending, the first five by name.</summary>
    public static string Describe(IReadOnlyCollection<Future> members)
    {
        var pending = members.Where(static member => !member.HasEnded).ToList();
        var more = pending.Count > 5 ? $" and {pending.Count - 5} more" : "";
        return $"{members.Count} ({string.Join(", ", pending.Take(5).Select(static member => member.Describe()))}{more})";
    }
}
