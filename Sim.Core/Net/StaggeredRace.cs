namespace Sim.Core;

/// <summary>
/// A race of attempts of which each begins when the one before it has failed, or has taken too long: the first that succeeds
/// wins and the others are cancelled. After asyncio's <c>staggered_race</c>, task for task; but what a
/// loser brings home although it was cancelled is given back. Loop thread only, in a task.
/// </summary>
internal static class StaggeredRace
{
    /// <summary>Runs a race. No attempt runs any more when this returns or throws.</summary>
    /// <typeparam name="T">What an attempt brings home.</typeparam>
    /// <param name="attempts">The attempts, in the order in which they begin, each in a task of its own.</param>
    /// <param name="delay">How long one has before the next begins beside it, on the loop's clock; null = until it has failed.</param>
    /// <param name="discard">
    /// Takes what nobody will have: from one that succeeds after the winner, or the prize of a race that was cancelled.
    /// </param>
    /// <exception cref="OperationCanceledException">The task was cancelled, and with it all attempts.</exception>
    public static ValueTask<RaceResult<T>> RunAsync<T>(
        IReadOnlyList<Func<Task<T>>> attempts, TimeSpan? delay, Action<T>? discard = null)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        return new Course<T>(attempts, delay, discard).RunAsync();
    }

    private sealed class Course<T>(IReadOnlyList<Func<Task<T>>> attempts, TimeSpan? delay, Action<T>? discard)
    {
        private readonly EventLoop _loop = Asyncio.GetRunningLoop();

        // In the order in which they began.
        private readonly List<LoopTask> _running = [];
        private readonly List<Exception?> _errors = [];
        private Future<ValueTuple>? _allEnded;
        private int _winner = -1;
        private T? _prize;

        public async ValueTask<RaceResult<T>> RunAsync()
        {
            OperationCanceledException? cancelled = null;
            Enter(null);
            while (_running.Count > 0)
            {
                _allEnded = _loop.CreateFuture<ValueTuple>();
                try
                {
                    await _allEnded;
                }
                catch (OperationCanceledException request)
                {
                    cancelled = request;
                    CancelAllBut(null);
                }

                _allEnded = null;
            }

            if (cancelled is null)
            {
                return new RaceResult<T>(_winner, _prize, _errors);
            }

            if (_winner >= 0)
            {
                discard?.Invoke(_prize!);
            }

            throw cancelled;
        }

        private void Enter(AsyncEvent? before)
        {
            var runner = _loop.CreateTask(() => RunOneAsync(before), $"attempt {_errors.Count + 1}");
            _running.Add(runner);
            runner.AddDoneCallback(_ =>
            {
                _running.Remove(runner);
                if (_running.Count == 0)
                {
                    _allEnded?.TrySetResult(default);
                }
            });
        }

        private async Task RunOneAsync(AsyncEvent? before)
        {
            if (before is not null)
            {
                try
                {
                    await Asyncio.WaitForAsync(() => before.WaitAsync(), delay);
                }
                catch (TimeoutException)
                {
                    // It still tries: beside it, then.
                }
            }

            var index = _errors.Count;
            if (index == attempts.Count)
            {
                return;
            }

            var hasFailed = new AsyncEvent();
            _errors.Add(null);
            Enter(hasFailed);
            T prize;
            try
            {
                prize = await attempts[index]();
            }
#pragma warning disable CA1031 // Whatever it was, the next one begins; who runs the race is given all errors.
            catch (Exception error)
            {
                _errors[index] = error;
                hasFailed.Set();
                return;
            }
#pragma warning restore CA1031

            if (_winner >= 0)
            {
                discard?.Invoke(prize);
                return;
            }

            (_winner, _prize) = (index, prize);
            CancelAllBut(Asyncio.CurrentTask());
        }

        private void CancelAllBut(ILoopTask? one)
        {
            foreach (var task in _running.ToArray())
            {
                if (!ReferenceEquals(task, one))
                {
                    task.Cancel();
                }
            }
        }
    }
}
