namespace Sim.Properties;

/// <summary>What a task of a storm does at one place.</summary>
/// <param name="Kind">The kind of thing.</param>
/// <param name="Number">A time in milliseconds, or which of several locks.</param>
/// <param name="Body">What it does inside; for several tasks, one for each of them.</param>
internal sealed record StormNode(StormKind Kind, int Number, IReadOnlyList<StormNode> Body)
{
    public override string ToString() => Body.Count == 0
        ? $"{Kind} {Number}"
        : $"{Kind} {Number} {{ {string.Join("; ", Body)} }}";
}
