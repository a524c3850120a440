using Sim.Core;

namespace Sim.Scoreboard;

/// <content>What one worker does.</content>
internal sealed partial class ParallelSort
{
    private sealed class Worker
    {
        private readonly Pool _pool;
        private readonly SteppedCondition _woken;
        private int _start;
        private int _length;

        public Worker(StepRules rules, Pool pool, int number)
        {
            _pool = pool;
            Gate = new SteppedLock(rules, $"worker-{number}");
            _woken = new SteppedCondition(Gate, $"woken-{number}");
        }

        public SteppedLock Gate { get; }

        /// <summary>Done when it waits for work for the first time: who starts it does not race with it.</summary>
        public Future<bool> Asleep { get; } = new(Asyncio.GetRunningLoop());

        public State State { get; set; }

        /// <summary>Before it starts.</summary>
        public void BeginWith(int start, int length) => (_start, _length, State) = (start, length, State.Working);

        /// <summary>Its lock is held by who hands the work over.</summary>
        public ValueTask HandAsync(int start, int length)
        {
            (_start, _length) = (start, length);
            _woken.Notify();
            return Gate.ReleaseAsync();
        }

        public async Task RunAsync()
        {
            while (true)
            {
                await Gate.AcquireAsync();
                while (State == State.Idle)
                {
                    Asleep.TrySetResult(true);
                    await _woken.WaitAsync();
                }

                await Gate.ReleaseAsync();
                if (State == State.Ended)
                {
                    return;
                }

                await SortAsync(_start, _length);
                await _pool.Gate.AcquireAsync();
                State = State.Idle;
                var isLast = ++_pool.Idle == _pool.Workers.Count;
                if (isLast)
                {
                    await EndOthersAsync();
                }

                await _pool.Gate.ReleaseAsync();
                if (isLast)
                {
                    return;
                }
            }
        }

        private async Task EndOthersAsync()
        {
            foreach (var other in _pool.Workers)
            {
                if (other != this)
                {
                    await other.Gate.AcquireAsync();
                    other.State = State.Ended;
                    other._woken.Notify();
                    await other.Gate.ReleaseAsync();
                }
            }
        }

        private async Task SortAsync(int start, int length)
        {
            while (length > 1)
            {
                var middle = _pool.Partition(start, length);
                var left = middle - start;
                if (left > 1 && await _pool.AllocateAsync() is { } other)
                {
                    await other.HandAsync(start, left);
                }
                else
                {
                    await SortAsync(start, left);
                }

                (start, length) = (middle + 1, length - left - 1);
            }
        }
    }
}
