namespace Sim.Core;

/// <content>
/// A batch of callbacks, first in, first out, with nobody looking on: the hot path. What can change only between batches is looked
/// at between batches; what a callback can change is looked at before the next one.
/// </content>
public partial class EventLoop
{
    private void RunInOrder()
    {
        ref var ready = ref _ready;
        var end = ready.NextSequence;
        while (ready.FirstSequence < end)
        {
            Delegate? callback = null;
            object? state = null;
            try
            {
                // One try for many callbacks: entered again after one that has failed.
                object? last = this;
                var flow = _ambient;
                if (!ReferenceEquals(ExecutionContext.Capture(), flow))
                {
                    ExecutionContext.Restore(flow!);
                }

                do
                {
                    var next = ready.TakeFirst(out state, out var place);
                    callback = next;
                    if (next is null)
                    {
                        // It was cancelled, and has kept its turn until here (rule 11).
                        ready.NoteTakenCancelled();
                        continue;
                    }

                    Step++;
                    if (!ReferenceEquals(place, last))
                    {
                        last = place;
                        StepContext = ready.Resolve(place, out flow);
                        flow ??= _ambient;
                    }

                    // What a callback leaves behind in its contexts is not there for the next one (rule 90).
                    if (!ReferenceEquals(SynchronizationContext.Current, StepContext))
                    {
                        SynchronizationContext.SetSynchronizationContext(StepContext);
                    }

                    if (!ReferenceEquals(ExecutionContext.Capture(), flow))
                    {
                        ExecutionContext.Restore(flow!);
                    }

                    Invoke(next, state);
                    if (_escaping is not null)
                    {
                        Escape();
                    }
                }
                while (ready.FirstSequence < end);
            }
            catch (Exception error) when (!IsFatal(error))
            {
                ReportError("Exception in a callback", error, CodeNames.LabelOf(StepContext, callback!, state));
            }
        }

        StepContext = null;
        ExecutionContext.Restore(_ambient!);
    }
}
