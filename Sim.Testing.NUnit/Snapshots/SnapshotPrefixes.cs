namespace Sim.Testing.NUnit;

/// <summary>
/// The prefixes used so far. Two verifications of one prefix would overwrite each other's files, so the second is
/// refused. Any thread.
/// </summary>
internal sealed class SnapshotPrefixes
{
    // Case does not count: on Windows and macOS the two names are one file.
    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();

    /// <exception cref="InvalidOperationException">The prefix was claimed before.</exception>
    public void Claim(string directory, string prefix)
    {
        lock (_gate)
        {
            if (_used.Add(Path.Combine(directory, prefix)))
            {
                return;
            }
        }

        throw new InvalidOperationException(
            $"The prefix has already been used: {prefix} in {directory}. "
            + "Likely one test calls Verify twice, is repeated or retried, or two tests differ only in what a file name cannot show. "
            + "Join the texts into one Verify, or give the tests different names.");
    }
}
