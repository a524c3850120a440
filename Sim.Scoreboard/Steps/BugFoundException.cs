namespace Sim.Scoreboard;

/// <summary>A bug program has shown its bug.</summary>
internal sealed class BugFoundException(string message) : Exception(message)
{
    /// <summary>Ends the run with a failure unless <paramref name="holds"/>.</summary>
    public static void Unless(bool holds, string message)
    {
        if (!holds)
        {
            throw new BugFoundException(message);
        }
    }
}
