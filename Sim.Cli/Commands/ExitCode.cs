namespace Sim.Cli;

/// <summary>What the exit codes of <c>sim</c> mean.</summary>
internal static class ExitCode
{
    /// <summary>All is as expected.</summary>
    public const int AsExpected = 0;

    /// <summary>A failure that nobody expected, a planted bug not found, or a replay that still fails.</summary>
    public const int NotAsExpected = 1;

    /// <summary>The command line or the target makes no sense, or the tool itself failed.</summary>
    public const int Usage = 2;

    /// <summary>Interrupted with nothing decided: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>Nobody reads the results any more: 128 + SIGPIPE, as shells have it.</summary>
    public const int ClosedPipe = 141;
}
