using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;

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
        if (_hasEntered || door.Loop.IsOnLoopThread)
        {
            return reader.ReadAsync(cancellationToken);
        }

        _hasEntered = true;
        return new LoopEntry<ReadResult>(visit, () => reader.ReadAsync(cancellationToken)).AsValueTask();
    }

    public override bool TryRead(out ReadResult result) => reader.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed) => reader.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => reader.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => reader.CancelPendingRead();

    public override void Complete(Exception? exception = null) => reader.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => reader.CompleteAsync(exception);

    [Obsolete("As in the base class.")]
    [SuppressMessage("Usage", "CA1725", Justification = "As in the base class.")]
    public override void OnWriterCompleted(Action<Exception?, object?> callback, object? state) => reader.OnWriterCompleted(callback, state);
}
