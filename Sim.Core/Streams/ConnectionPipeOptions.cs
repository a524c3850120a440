using System.Buffers;

namespace Sim.Core;

/// <summary>How a <see cref="ConnectionPipe"/> behaves.</summary>
public sealed record ConnectionPipeOptions
{
    /// <summary>
    /// At so many bytes in one direction that nobody has taken yet, whoever writes them has to wait; 64 KiB unless set. What
    /// comes in is then left with the connection, so that the other side has to wait in the end. 0 = no limit.
    /// </summary>
    public int PauseWriterThreshold { get; init; } = 64 * 1024;

    /// <summary>At so many bytes or fewer the writer goes on; 32 KiB unless set.</summary>
    public int ResumeWriterThreshold { get; init; } = 32 * 1024;

    /// <summary>How much room at least there is for one receive, in bytes; 4 KiB unless set.</summary>
    public int MinimumSegmentSize { get; init; } = 4096;

    /// <summary>Where the memory comes from; null = <see cref="MemoryPool{T}.Shared"/>.</summary>
    public MemoryPool<byte>? Pool { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PauseWriterThreshold, 0, nameof(PauseWriterThreshold));
        ArgumentOutOfRangeException.ThrowIfLessThan(ResumeWriterThreshold, 0, nameof(ResumeWriterThreshold));
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumSegmentSize, 1, nameof(MinimumSegmentSize));
        if (PauseWriterThreshold > 0)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(ResumeWriterThreshold, PauseWriterThreshold, nameof(ResumeWriterThreshold));
        }
    }
}
