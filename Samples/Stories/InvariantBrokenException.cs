namespace Samples;

/// <summary>Something that must always hold does not: what a scenario throws when it has found a bug.</summary>
public sealed class InvariantBrokenException : Exception
{
    /// <summary>An error that says what should hold and what is the case.</summary>
    public InvariantBrokenException(string message)
        : base(message)
    {
    }

    /// <summary>Throws unless <paramref name="holds"/>.</summary>
    public static void ThrowUnless(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvariantBrokenException(message);
        }
    }
}
