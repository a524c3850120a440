namespace Sim.World;

/// <summary>
/// A step that need not be taken here: what follows it was searched before, and nothing it depends on has happened since
/// (P. Godefroid, Partial-Order Methods, 1996: sleep sets).
/// </summary>
/// <param name="Sequence">The ready number of the step, which is the same wherever this entry is looked at.</param>
/// <param name="Uses">What it uses.</param>
/// <param name="IsSuspect">Whether it may depend on any other.</param>
internal sealed record SleepEntry(long Sequence, StepUse[] Uses, bool IsSuspect)
{
    /// <summary>Whether a step that was just taken wakes this one.</summary>
    public bool DependsOn(ReadOnlySpan<StepUse> taken, bool takenIsSuspect)
    {
        if (IsSuspect || takenIsSuspect)
        {
            return true;
        }

        foreach (var use in Uses)
        {
            foreach (var other in taken)
            {
                if (use.Key == other.Key && StepUse.Conflict(use.Mode, other.Mode))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>This and what the same step used in another run, after other draws.</summary>
    public static SleepEntry Join(SleepEntry? one, SleepEntry other) =>
        one is null ? other : new SleepEntry(one.Sequence, [.. one.Uses.Union(other.Uses)], one.IsSuspect || other.IsSuspect);
}
