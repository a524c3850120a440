using System.Diagnostics;

namespace Sim.Core;

/// <summary>
/// The processes of the operating system, by way of <see cref="Process"/>, which tells of their end without anybody polling and leaves no
/// zombies. Their pipes are under the loop's poller where it can watch them (epoll), else their reads and writes run on the pool.
/// </summary>
public sealed class SystemProcesses : IProcessStarter
{
    private SystemProcesses()
    {
    }

    /// <summary>There is one system.</summary>
    public static SystemProcesses Instance { get; } = new();

    /// <inheritdoc/>
    public IChildProcess Start(EventLoop loop, ProcessStartInfo start)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(start);
        return new SystemChild(loop, start);
    }
}
