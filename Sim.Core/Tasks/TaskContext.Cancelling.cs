namespace Sim.Core;

/// <content>How a request to stop goes through tasks and gathers that wait on each other.</content>
internal sealed partial class TaskContext
{
    private bool _beingAsked;

    /// <summary>Whether a request would reach it: it has not ended, and is not being told already.</summary>
    private bool CanBeAsked => !HasEnded && !_beingAsked;

    public bool Cancel()
    {
        Loop.CheckThread();
        Loop.NoteUse(this, UseKind.Change);
        if (!CanBeAsked)
        {
            // Ended; or, where tasks await each other in a circle, being told already.
            return false;
        }

        Walk(new AskStep(this, null, false));
        return true;
    }

    // With a stack of its own, because tasks that await one another may be a longer chain than the thread has stack for: in
    // depth first, in the order in which asyncio's recursion goes.
    private static void Walk(AskStep first)
    {
        var ahead = new Stack<AskStep>([first]);
        while (ahead.TryPop(out var step))
        {
            if (step.IsLast)
            {
                step.Owner._beingAsked = false;
                step.Owner._token.Cancel(step.Owner.Loop, step.Owner.Name);
            }
            else if (step.Target is { } target)
            {
                step.Owner.Forward(target, step.IsOfGather, ahead);
            }
            else if (step.Owner.CanBeAsked)
            {
                step.Owner.Ask(ahead);
            }
        }
    }

    // Every flow that waits is told. A task that waits on nothing of the loop's is told at its next wait.
    private void Ask(Stack<AskStep> ahead)
    {
        Loop.NoteUse(this, UseKind.Change);
        _beingAsked = true;
        CancelRequests++;
        AskedAt = Loop.Time;
        WasAsked = true;
        if (Loop.IsObserved)
        {
            Loop.Observe(LoopEventKind.CancelRequested, this, Name);
        }

        ahead.Push(new AskStep(this, null, true));
        if (_wait is null)
        {
            _mustCancel = true;
            return;
        }

        IWait[] waits = [.. Waits];
        for (var i = waits.Length - 1; i >= 0; i--)
        {
            ahead.Push(new AskStep(this, waits[i], false));
        }
    }

    // What this task waits on is cancelled, or a child of the gather that it waits on.
    private void Forward(IWait wait, bool isOfGather, Stack<AskStep> ahead)
    {
        if (wait is Future { HasEnded: false, TaskContext: { } next })
        {
            if (next.CanBeAsked)
            {
                ahead.Push(new AskStep(next, null, false));
            }
            else if (!isOfGather)
            {
                BreakCircle((Future)wait);
            }
        }
        else if (wait is Future { HasEnded: false } future && future.CancelledThrough is { } children)
        {
            // That one of them can be cancelled now means that one will be: nothing before it in the walk can end it.
            if (children.Any(WouldBeReached))
            {
                future.NoteCancelRequest();
                for (var i = children.Count - 1; i >= 0; i--)
                {
                    ahead.Push(new AskStep(this, children[i], false, IsOfGather: true));
                }
            }
            else if (isOfGather)
            {
                return;
            }
            else if (children.Any(static child => child.TaskContext is { _beingAsked: true }))
            {
                BreakCircle(future);
            }
            else
            {
                Doom(wait);
            }
        }
        else if (!wait.CancelWait() && !isOfGather)
        {
            Doom(wait);
        }
    }

    // Gathers may be nested more deeply than the thread has stack for.
    private static bool WouldBeReached(Future future)
    {
        var ahead = new Stack<Future>([future]);
        while (ahead.TryPop(out var next))
        {
            if (next.HasEnded)
            {
                continue;
            }

            if (next.CancelledThrough is not { } children)
            {
                if (next.TaskContext?.CanBeAsked ?? true)
                {
                    return true;
                }

                continue;
            }

            foreach (var child in children)
            {
                ahead.Push(child);
            }
        }

        return false;
    }

    // It would wait for ever on a task that waits on it.
    private void BreakCircle(Future wait)
    {
        Doom(wait);
        // Nobody will look at a gather that was waited on here.
        wait.IsExceptionRetrieved = true;
        wait.ReleaseWaiter(this);
    }

    // Two requests before the first is delivered are one delivery (rule 57): no wait is doomed more often than it is waited on.
    private void Doom(IWait wait)
    {
        var waiting = (ReferenceEquals(_wait, wait) ? 1 : 0) + (_moreWaits?.Count(flow => ReferenceEquals(flow.Wait, wait)) ?? 0);
        if (CountOf(_doomedWaits, wait) < waiting)
        {
            (_doomedWaits ??= []).Add(wait);
        }
    }

    private static int CountOf(List<IWait>? waits, IWait wait) => waits?.Count(other => ReferenceEquals(other, wait)) ?? 0;

    /// <summary>One step of the walk: a task to ask, a wait of a task to cancel, or a task whose waits have all been told.</summary>
    private readonly record struct AskStep(TaskContext Owner, IWait? Target, bool IsLast, bool IsOfGather = false);
}
