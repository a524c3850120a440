using System.Globalization;
using FsCheck;

namespace Sim.Testing.FsCheck;

/// <summary>Where FsCheck's generator begins: what its failures print and its <c>Replay</c> takes.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Gamma">The increment of its generator, an odd number.</param>
/// <param name="Size">The size of the first sample; null = as if nothing was replayed.</param>
internal readonly record struct FsCheckReplay(ulong Seed, ulong Gamma, int? Size)
{
    /// <summary>Reads <c>(seed,gamma,size)</c> or <c>(seed,gamma)</c>, with or without the parentheses.</summary>
    /// <exception cref="ScenarioException">It is neither.</exception>
    public static FsCheckReplay Parse(string text)
    {
        var fields = text.Trim().TrimStart('(').TrimEnd(')').Split(',', StringSplitOptions.TrimEntries);
        if (fields.Length is 2 or 3 && TryParse(fields[0], out var seed) && TryParse(fields[1], out var gamma) && gamma % 2 == 1)
        {
            if (fields.Length == 2)
            {
                return new FsCheckReplay(seed, gamma, null);
            }

            if (int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                return new FsCheckReplay(seed, gamma, size);
            }
        }

        throw new ScenarioException($"Replay is '{text}', but must be FsCheck's (seed,gamma,size) or (seed,gamma), with an odd gamma.");
    }

    /// <summary>A new beginning. Which one, is chance; it is printed by the failure that it leads to.</summary>
    public static FsCheckReplay New()
    {
        var bytes = Guid.NewGuid().ToByteArray();
        return new FsCheckReplay(BitConverter.ToUInt64(bytes, 0), BitConverter.ToUInt64(bytes, 8) | 1, null);
    }

    /// <summary>Applies it to a configuration.</summary>
    public Config On(Config config) => Size is { } size ? config.WithReplay(Seed, Gamma, size) : config.WithReplay(Seed, Gamma);

    /// <summary>As FsCheck writes it.</summary>
    public override string ToString() => Size is { } size
        ? string.Create(CultureInfo.InvariantCulture, $"({Seed},{Gamma},{size})")
        : string.Create(CultureInfo.InvariantCulture, $"({Seed},{Gamma})");

    private static bool TryParse(string text, out ulong number) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
