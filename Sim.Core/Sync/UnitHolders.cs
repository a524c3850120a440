namespace Sim.Core;

/// <summary>
/// Who hold the units of a semaphore, as far as that can be known: whoever gives one back, a unit of his own is the one that comes
/// back, else the oldest. A semaphore that others release than acquire (a signal) starts with no unit, and has no holders. Kept in a
/// simulation only, where a report may ask for it.
/// </summary>
/// <param name="units">How many units there are.</param>
internal struct UnitHolders(int units)
{
    private List<LoopContext>? _holders;

    /// <summary>The holders, the oldest first; one for each unit.</summary>
    public readonly IReadOnlyList<LoopContext> All => _holders ?? [];

    /// <summary>The task or callback that runs has got a unit, and so many are left.</summary>
    public void Add(int left)
    {
        if (EventLoop.Running is { IsExplored: true, StepContext: { } context })
        {
            var holders = _holders ??= [];
            holders.Add(context);
            // Units that were released without being acquired: not all of these can hold one.
            if (holders.Count > Math.Max(0, units - left))
            {
                holders.RemoveAt(0);
            }
        }
    }

    /// <summary>The task or callback that runs has given a unit back.</summary>
    public readonly void Remove()
    {
        if (_holders is { Count: > 0 } holders)
        {
            var own = holders.LastIndexOf(EventLoop.Running?.StepContext!);
            holders.RemoveAt(Math.Max(0, own));
        }
    }

    /// <summary>"acquired by task reader, task writer"; null if no task is known to hold any.</summary>
    public readonly string? Describe()
    {
        var tasks = All.Where(static context => context.IsTask).Select(static context => $"task {context.Name}").Distinct().ToList();
        return tasks.Count == 0 ? null : $"acquired by {string.Join(", ", tasks)}";
    }
}
