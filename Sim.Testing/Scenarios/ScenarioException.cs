namespace Sim.Testing;

/// <summary>A scenario, its name or its replay line is not what it must be. The message is one line that says what to do.</summary>
public sealed class ScenarioException : Exception
{
    /// <summary>An error with a message.</summary>
    public ScenarioException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and what led to it.</summary>
    public ScenarioException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
