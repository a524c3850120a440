namespace Sim.Testing;

/// <summary>
/// The search itself does not work: it does not find what is planted for it. What it would say of a scenario is worth nothing.
/// The message is one line that says what is wrong.
/// </summary>
public sealed class BrokenHarnessException : Exception
{
    /// <summary>An error with a message.</summary>
    public BrokenHarnessException(string message)
        : base(message)
    {
    }
}
