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
            throw new LoopException(
                $"{future.Describe()} belongs to {NameOf(future.Loop, loop)}, not to {loop.Options.Name}: all futures to {use} {Places.Here()} must be of one loop. "
                + "Hand the result of the other over with CallSoonThreadSafe.");
        }
    }

    /// <summary>
    /// Cancels the children of a gather in their order, and those of the gathers among them (rule 64). With a stack of its
    /// own: gathers may be nested more deeply than the thread has stack for.
    /// </summary>
    /// <returns>Whether one of them was reached by the request.</returns>
    public static bool CancelThrough(Future gather)
    {
        var reached = false;
        var open = new Stack<(Future Gather, int Next, bool Reached)>([(gather, 0, false)]);
        while (open.TryPop(out var frame))
        {
            var children = frame.Gather.CancelledThrough!;
            // What the gather just left has reached counts for the one around it.
            var soFar = frame.Reached | (frame.Next > 0 && reached);
            reached = false;
            if (frame.Next == children.Count)
            {
                if (soFar)
                {
                    frame.Gather.NoteCancelRequest();
                }

                reached = soFar;
                continue;
            }

            var child = children[frame.Next];
            open.Push((frame.Gather, frame.Next + 1, soFar));
            if (child is { HasEnded: false, CancelledThrough: not null })
            {
                open.Push((child, 0, false));
            }
            else
            {
                reached = child.Cancel();
            }
        }

        return reached;
    }

    /// <summary>The name of a loop in a sentence that also names the other one.</summary>
    public static string NameOf(EventLoop loop, EventLoop other) =>
        loop.Options.Name == other.Options.Name ? $"another loop that is called {loop.Options.Name} too" : loop.Options.Name;

    /// <summary>For stall reports: how many there are, and those that are pending, the first five by name.</summary>
    public static string Describe(IReadOnlyCollection<Future> members) => $"{members.Count} ({NamesOfPending(members)})";

    /// <summary>Those that are pending, the first five by name.</summary>
    public static string NamesOfPending(IEnumerable<Future> members)
    {
        var pending = members.Where(static member => !member.HasEnded).ToList();
        var more = pending.Count > 5 ? $" and {pending.Count - 5} more" : "";
        return $"{string.Join(", ", pending.Take(5).Select(DescribeFlat))}{more}";
    }

    /// <summary>"1 future", "3 futures".</summary>
    public static string Count(int number) => number == 1 ? "1 future" : $"{number} futures";

    // Not what is inside of a gather in turn: gathers may be nested deeply.
    private static string DescribeFlat(Future member) =>
        member.CancelledThrough is { } children ? $"a gather of {children.Count}" : member.Describe();
}
