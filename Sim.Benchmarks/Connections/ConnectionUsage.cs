using System.Globalization;

namespace Sim.Benchmarks;

/// <summary>What the server of the many connections holds.</summary>
/// <param name="Open">Connections.</param>
/// <param name="Failed">Connections that ended with an error that is not of the client's making.</param>
/// <param name="Descriptors">Open descriptors.</param>
/// <param name="ManagedBytes">What the collector finds alive.</param>
internal readonly record struct ConnectionUsage(int Open, int Failed, int Descriptors, long ManagedBytes)
{
    /// <summary>This process, now. After a full collection, so that only what is held counts.</summary>
    public static ConnectionUsage Now(int open, int failed)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var bytes = GC.GetTotalMemory(forceFullCollection: true);
        return new ConnectionUsage(open, failed, Directory.GetFileSystemEntries("/proc/self/fd").Length, bytes);
    }

    /// <summary>The line that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Open} {Failed} {Descriptors} {ManagedBytes}");

    public static ConnectionUsage Parse(string line)
    {
        var words = line.Split(' ');
        return new ConnectionUsage(Word(0), Word(1), Word(2), long.Parse(words[3], CultureInfo.InvariantCulture));

        int Word(int place) => int.Parse(words[place], CultureInfo.InvariantCulture);
    }
}
