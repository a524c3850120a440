using System.Runtime.ExceptionServices;

namespace Sim.Core;

/// <content>The wait: first for a notification, then for the lock.</content>
public partial class AsyncCondition
{
    private sealed class Wait(EventLoop loop, AsyncCondition owner) : LineWait<ValueTuple>(loop, owner._reason, owner._waiters)
    {
        private static readonly ContextCallback _look = static wait => ((Wait)wait!).Look();

        private Func<bool>? _predicate;
        private ExecutionContext? _caller;
        private bool _holds;

        // The hold that was given up: it is taken again as the same.
        private long _hold;

        // It goes on without having been woken for it, because it was cancelled; of several cancellations the last comes out.
        private bool _wasCancelled;
        private OperationCanceledException? _cancelled;

        protected override IWaitReason Reason => IsForTheLock ? owner._lock : owner._reason;

        protected override bool ListensToToken => !IsForTheLock;

        private bool IsForTheLock => !ReferenceEquals(Line, owner._waiters);

        /// <summary>Gives the lock up, to be notified; once more and more often as long as <paramref name="predicate"/> is false.</summary>
        public void Prepare(Func<bool>? predicate)
        {
            _predicate = predicate;
            _caller = predicate is null ? null : EventLoop.CaptureFlow();
            GiveUpTheLock();
        }

        protected override bool TryFinish(out ValueTuple result)
        {
            result = default;
            if (!TryTakeTheLock())
            {
                return false;
            }

            Line = owner._waiters;
            if (_cancelled is not null)
            {
                EventLoop.NoteUseOnRunning(owner, UseKind.Change);
                // It may have been notified and does not act on it: another one shall.
                owner._waiters.Wake(1);
                ExceptionDispatchInfo.Throw(_cancelled);
            }

            if (_predicate is null || Holds())
            {
                return true;
            }

            owner.CheckHeld("Wait for");
            Token.ThrowIfCancellationRequested();
            GiveUpTheLock();
            return false;
        }

        protected override void GiveUp()
        {
            NoteLine();
            Line.Leave(this);
            if (IsForTheLock)
            {
                owner._lock.PassOn();
            }
        }

        protected override bool GoesOnAfter(OperationCanceledException cancelled)
        {
            _cancelled = cancelled;
            return _wasCancelled = true;
        }

        protected override void Recycle()
        {
            _predicate = null;
            _caller = null;
            owner._spares.Give(this);
        }

        // Others may get their turn because this one leaves the line that it stands in.
        private void NoteLine() => EventLoop.NoteUseOnRunning(IsForTheLock ? owner._lock : owner, UseKind.Change);

        private void GiveUpTheLock()
        {
            owner.Touch();
            _hold = owner._lock.Hold;
            owner._lock.Release();
        }

        // Who was woken in the lock's line is the next; anybody else looks first whether it can be had.
        private bool TryTakeTheLock()
        {
            NoteLine();
            Line.Leave(this);
            var isNext = IsForTheLock && !_wasCancelled;
            _wasCancelled = false;
            try
            {
                if (isNext || owner._lock.CanTake)
                {
                    owner._lock.Take(_hold);
                    return true;
                }

                Line = owner._lock.BindLine();
                return false;
            }
            catch
            {
                EventLoop.NoteUseOnRunning(owner, UseKind.Change);
                owner._waiters.Wake(1);
                throw;
            }
        }

        // The predicate is code of the caller, and sees the caller's context.
        private bool Holds()
        {
            if (_caller is null)
            {
                Look();
            }
            else
            {
                ExecutionContext.Run(_caller, _look, this);
            }

            return _holds;
        }

        private void Look() => _holds = _predicate!();
    }
}
