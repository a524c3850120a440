using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Sim.Core;

namespace Sim.Kestrel;

/// <summary>
/// A reader whose first read brings the caller to the loop, wherever it is called: all that Kestrel does with the connection is
/// done there from then on.
/// </summary>
internal sealed class LoopPipeReader(PipeReader reader, LoopDoor door, PoolVisit visit) : PipeReader
{
    private bool _hasEntered;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_hasEntered)
        {
            return reader.ReadAsync(cancellationToken);
        }

        _hasEntered = true;
        return new LoopEntry<ReadResult>(visit, () => ReadFirstAsync(cancellationToken)).AsValueTask();
    }

    private async ValueTask<ReadResult> ReadFirstAsync(CancellationToken cancellationToken)
    {
        var result = await reader.ReadAsync(cancellationToken);
        if (door.IsVirtual && IsPreface(result.Buffer.FirstSpan))
        {
            // Kestrel speaks HTTP/1.1 only here: it begins each stream of HTTP/2 on all threads, and time would not wait for it.
            var refusal = new NotSupportedException(
                $"A client has begun HTTP/2 at {door.Loop.Time} on {door.Loop.Options.Name}: on virtual time Kestrel serves HTTP/1.1 only, "
                + "because it begins the requests of HTTP/2 on threads that time does not wait for. "
                + "Ask for HTTP/1.1, or use the loop on real time.");
            door.Loop.CallExceptionHandler(new LoopError("HTTP/2 was refused", refusal, door.Loop.Time, "callback"));
            reader.AdvanceTo(result.Buffer.End);
            throw new IOException(refusal.Message, refusal);
        }

        return result;
    }

    private static bool IsPreface(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PRI *"u8);

    public override bool TryRead(out ReadResult result) => reader.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed) => reader.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => reader.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => reader.CancelPendingRead();

    public override void Complete(Exception? exception = null) => reader.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => reader.CompleteAsync(exception);

    [Obsolete("As in the base class.")]
    [SuppressMessage("Usage", "CA1725", Justification = "As in the base class.")]
    public override void OnWriterCompleted(Action<Exception?, object?> callback, object? state) =>
        reader.OnWriterCompleted(callback, state);
}
