namespace Sim.BrowserTests;

/// <summary>What is expected of a page, and said when it is otherwise.</summary>
internal static class Expect
{
    public static void Equal<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new CheckException($"{what}: expected {expected}, but was {actual}");
        }
    }

    public static void StartsWith(string expected, string actual, string what)
    {
        if (!actual.StartsWith(expected, StringComparison.Ordinal))
        {
            throw new CheckException($"{what}: expected {expected}…, but was {actual}");
        }
    }

    public static void Contains(string text, params string[] parts)
    {
        if (parts.FirstOrDefault(part => !text.Contains(part, StringComparison.Ordinal)) is { } missing)
        {
            throw new CheckException($"'{missing}' is not in: {text}");
        }
    }
}
