namespace Samples;

/// <summary>A service that is down for a while.</summary>
/// <param name="time">The time it goes by.</param>
/// <param name="downFor">How long it is down, from now on.</param>
public sealed class FlakyService(TimeProvider time, TimeSpan downFor)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>How often it was called.</summary>
    public int Calls { get; private set; }

    /// <summary>Answers, or refuses the connection.</summary>
    /// <exception cref="IOException">It is down.</exception>
    public Task<string> AskAsync()
    {
        Calls++;
        return time.GetElapsedTime(_start) < downFor
            ? Task.FromException<string>(new IOException("connection refused"))
            : Task.FromResult("back again");
    }
}
