namespace Sim.Core;

/// <summary>How primitives are called in messages: "lock 'orders'", or "a lock" where it has no name.</summary>
internal static class Titles
{
    public static string Of(string kind, string? name) =>
        name is not null ? $"{kind} '{name}'" : kind[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? $"an {kind}" : $"a {kind}";
}
