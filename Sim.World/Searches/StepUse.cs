namespace Sim.World;

/// <summary>One thing that a step uses, in a form that can be compared from run to run.</summary>
/// <param name="Key">Which thing: the same in every run, or <see cref="UnknownKey"/>.</param>
/// <param name="Mode">How.</param>
internal readonly record struct StepUse(ulong Key, UseMode Mode)
{
    /// <summary>The key of all things of which the creation was not seen: any of them may be any other.</summary>
    public const ulong UnknownKey = 1;

    /// <summary>Whether the order of two uses of one thing matters.</summary>
    public static bool Conflict(UseMode one, UseMode other) => one == UseMode.Write || other == UseMode.Write || one != other;

    /// <summary>What two uses by the same step come to.</summary>
    public static UseMode Join(UseMode one, UseMode other) => one == other ? one : UseMode.Write;
}
