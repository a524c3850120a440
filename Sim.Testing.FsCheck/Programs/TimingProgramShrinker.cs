using System.Collections.Immutable;
using static Sim.Testing.FsCheck.TimingOperation;

namespace Sim.Testing.FsCheck;

/// <summary>Smaller versions of a list of operations: each has fewer operations, or as many with a smaller number in one.</summary>
internal static class TimingProgramShrinker
{
    public static IEnumerable<ImmutableArray<TimingOperation>> Shrink(ImmutableArray<TimingOperation> body, bool inTask) =>
        Remove(body).Concat(ShrinkOne(body, inTask));

    // All, halves, quarters, down to single operations.
    private static IEnumerable<ImmutableArray<TimingOperation>> Remove(ImmutableArray<TimingOperation> body)
    {
        for (var chunk = body.Length; chunk >= 1; chunk /= 2)
        {
            for (var start = 0; start < body.Length; start += chunk)
            {
                yield return body.RemoveRange(start, Math.Min(chunk, body.Length - start));
            }
        }
    }

    private static IEnumerable<ImmutableArray<TimingOperation>> ShrinkOne(ImmutableArray<TimingOperation> body, bool inTask)
    {
        for (var i = 0; i < body.Length; i++)
        {
            foreach (var replacement in Replace(body[i], inTask))
            {
                yield return body.RemoveAt(i).InsertRange(i, replacement);
            }
        }
    }

    // What an operation may become: what is inside of it, or itself with less.
    private static IEnumerable<ImmutableArray<TimingOperation>> Replace(TimingOperation operation, bool inTask)
    {
        foreach (var inner in operation.Bodies)
        {
            yield return inTask ? inner : [.. inner.Where(static candidate => !candidate.Waits)];
        }

        foreach (var smaller in Smaller(operation))
        {
            yield return [smaller];
        }
    }

    private static IEnumerable<TimingOperation> Smaller(TimingOperation operation) => operation switch
    {
        Sleep sleep => Lower(sleep.Milliseconds).Select(static lower => new Sleep(lower)),
        CallSoon soon => Shrink(soon.Body, inTask: false).Select(smaller => soon with { Body = smaller }),
        CallLater later => Shrink(later.Body, inTask: false).Select(smaller => later with { Body = smaller })
            .Concat(Lower(later.Milliseconds).Select(lower => later with { Milliseconds = lower })),
        Spawn spawn => Shrink(spawn.Body, inTask: true).Select(smaller => spawn with { Body = smaller }),
        Gather gather => Smaller(gather),
        Guard guard => Shrink(guard.Body, inTask: true).Select(static smaller => new Guard(smaller)),
        SetFuture set => Lower(set.Future).Select(static lower => new SetFuture(lower)),
        AwaitFuture wait => Lower(wait.Future).Select(static lower => new AwaitFuture(lower)),
        _ => [],
    };

    private static IEnumerable<TimingOperation> Smaller(Gather gather)
    {
        for (var i = 0; i < gather.Children.Length; i++)
        {
            yield return new Gather(gather.Children.RemoveAt(i));
            foreach (var smaller in Shrink(gather.Children[i].Body, inTask: true))
            {
                yield return new Gather(gather.Children.SetItem(i, gather.Children[i] with { Body = smaller }));
            }
        }
    }

    private static IEnumerable<int> Lower(int value) =>
        new[] { 0, value / 2, value - 1 }.Where(lower => lower >= 0 && lower < value).Distinct();
}
