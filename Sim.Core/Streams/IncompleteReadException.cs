namespace Sim.Core;

/// <summary>The end came before all that was asked for: asyncio's <c>IncompleteReadError</c>.</summary>
/// <param name="partial">What had come before the end; it is taken.</param>
/// <param name="expected">How many bytes were asked for; null = up to a separator.</param>
public sealed class IncompleteReadException(byte[] partial, int? expected) : EndOfStreamException(
    $"The end came {Places.Here()} after {partial?.Length} bytes, "
    + (expected is null ? "before the separator." : $"of the {expected} that were asked for."))
{
    /// <summary>What had come before the end.</summary>
    public ReadOnlyMemory<byte> Partial { get; } = partial;

    /// <summary>How many bytes were asked for; null = up to a separator.</summary>
    public int? Expected { get; } = expected;
}
