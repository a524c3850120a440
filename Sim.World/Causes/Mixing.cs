using System.Numerics;

namespace Sim.World;

/// <summary>Hashes of whole numbers, the same in every process.</summary>
internal static class Mixing
{
    /// <summary>The finaliser of SplitMix64: every bit of the input changes about half of the output.</summary>
    public static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15UL;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
            return value ^ (value >> 31);
        }
    }

    public static ulong Mix(ulong first, ulong second) => Mix(unchecked(Mix(first) + (second * 0xD6E8FEB86659FD93UL)));

    /// <summary>One more link of a chain: the result depends on the order of the links.</summary>
    public static UInt128 Chain(UInt128 chain, ulong link) =>
        new(Mix((ulong)(chain >> 64), link), Mix((ulong)chain ^ 0xA5A5A5A5A5A5A5A5UL, link));

    /// <summary>A hash of an operation by who makes it, as which of his, and of what kind on what it is.</summary>
    public static ulong OfOperation(ulong who, ulong number, ulong kind, ulong key) =>
        Mix(unchecked(Mix(who + (number * 0xD6E8FEB86659FD93UL)) + key + (kind * 0xA0761D6478BD642FUL)));

    /// <summary>A hash of an operation together with all that happened before it, to be added up.</summary>
    /// <param name="before">The sum of the hashes (<see cref="Spread"/>) of what happened before.</param>
    /// <param name="label">The operation.</param>
    public static UInt128 OfPlace(UInt128 before, ulong label) =>
        new(Mix(unchecked((ulong)(before >> 64) + label)), Mix((ulong)before ^ BitOperations.RotateLeft(label, 32)));

    /// <summary>A hash of a hand-over.</summary>
    public static ulong OfHandOver(ulong resource, ulong from, ulong to) =>
        Mix(unchecked(resource + (from * 0xD6E8FEB86659FD93UL) + BitOperations.RotateLeft(to * 0xA0761D6478BD642FUL, 29)));

    /// <summary>A hash of 128 bits, to be added up where the order does not matter.</summary>
    public static UInt128 Spread(ulong value) => new(Mix(value), Mix(value ^ 0x5A5A5A5A5A5A5A5AUL));

    /// <summary>The hash of a text, after Fowler, Noll and Vo.</summary>
    public static ulong OfText(string text)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var letter in text)
        {
            hash = unchecked((hash ^ letter) * 0x100000001B3UL);
        }

        return Mix(hash);
    }
}
