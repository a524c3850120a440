namespace Sim.Scoreboard;

/// <summary>
/// Quicksort by two workers; one with work hands the smaller part of it to an idle one. It marks the other as busy before
/// it holds that one's lock: a worker that was just about to fall asleep sees the mark, goes on with its old range, and the
/// new one is forgotten. The second worker sleeps before the first begins, so that only a worker that has worked can be caught.
/// </summary>
internal sealed partial class ParallelSort(StepRules rules) : IBugProgram
{
    private static readonly int[] _numbers = [9, 4, 14, 1, 12, 6, 16, 3, 11, 7, 15, 2, 10, 5, 13, 8];

    public string Name => "qsort_mt";

    public async Task RunAsync()
    {
        var pool = new Pool(rules, [.. _numbers]);
        var team = new Team(rules);
        pool.Workers[0].BeginWith(0, _numbers.Length);
        await team.StartAsync("worker-1", pool.Workers[1].RunAsync);
        await pool.Workers[1].Asleep;
        await team.StartAsync("worker-0", pool.Workers[0].RunAsync);
        await team.JoinAsync();
        BugFoundException.Unless(pool.IsSorted, "the numbers are not sorted");
    }

    private enum State
    {
        Idle,
        Working,
        Ended,
    }

    private sealed class Pool
    {
        public Pool(StepRules rules, int[] numbers)
        {
            Numbers = numbers;
            Gate = new SteppedLock(rules, "pool");
            Workers = [new Worker(rules, this, 0), new Worker(rules, this, 1)];
        }

        public int[] Numbers { get; }

        public IReadOnlyList<Worker> Workers { get; }

        /// <summary>Guards the states of all workers and the number of idle ones; the worker's own lock guards its state too.</summary>
        public SteppedLock Gate { get; }

        public int Idle { get; set; } = 1;

        public bool IsSorted => Numbers.Zip(Numbers.Skip(1)).All(static pair => pair.First <= pair.Second);

        /// <summary>Puts the last number of a range where it belongs; says where that is.</summary>
        public int Partition(int start, int length)
        {
            var end = start + length - 1;
            var middle = start;
            for (var i = start; i < end; i++)
            {
                if (Numbers[i] < Numbers[end])
                {
                    (Numbers[i], Numbers[middle]) = (Numbers[middle], Numbers[i]);
                    middle++;
                }
            }

            (Numbers[end], Numbers[middle]) = (Numbers[middle], Numbers[end]);
            return middle;
        }

        /// <summary>An idle worker, marked as busy and with its lock held; null if there is none.</summary>
        public async Task<Worker?> AllocateAsync()
        {
            await Gate.AcquireAsync();
            foreach (var worker in Workers)
            {
                if (worker.State == State.Idle)
                {
                    Idle--;
                    worker.State = State.Working;
                    await worker.Gate.AcquireAsync();
                    await Gate.ReleaseAsync();
                    return worker;
                }
            }

            await Gate.ReleaseAsync();
            return null;
        }
    }
}
