using System.Globalization;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>
/// A small program of two or three tasks, drawn from a seed: announced and plain accesses to variables, locks, queues, events,
/// futures, sleeps, children, requests to stop. What a run has read, and how each task has ended, is its outcome.
/// </summary>
internal sealed class RandomProgram
{
    private readonly int[][] _tasks;
    private readonly List<string> _outcome = [];
    private string? _atEnd;

    public RandomProgram(long seed)
    {
        var source = new SplitMix64(seed);
        _tasks = new int[2 + source.Below(2)][];
        for (var i = 0; i < _tasks.Length; i++)
        {
            _tasks[i] = new int[1 + source.Below(_tasks.Length == 2 ? 3 : 2)];
            for (var j = 0; j < _tasks[i].Length; j++)
            {
                _tasks[i][j] = source.Below(Operations);
            }
        }
    }

    private const int Operations = 24;

    /// <summary>What the last run has read, task by task, until its main task had ended.</summary>
    public string Outcome => _atEnd ?? string.Join(" ", _outcome.Order(StringComparer.Ordinal));

    public override string ToString() => string.Join(" | ", _tasks.Select(static task => string.Join(",", task)));

    public async Task RunAsync()
    {
        _outcome.Clear();
        _atEnd = null;
        var shared = new Shared(Asyncio.GetRunningLoop(), _outcome);
        for (var i = 0; i < _tasks.Length; i++)
        {
            var (number, operations) = (i, _tasks[i]);
            shared.Tasks.Add(Asyncio.CreateTask(() => BodyAsync(shared, number, operations), $"t{i}"));
        }

        var outcomes = await Asyncio.GatherOutcomesAsync<ValueTuple>(shared.Tasks);
        for (var i = 0; i < outcomes.Length; i++)
        {
            _outcome.Add($"t{i}:{outcomes[i].Exception?.GetType().Name ?? "done"}");
        }

        // Looking at what callbacks may still change is reading it.
        shared.Loop.Touch("x", isWrite: false);
        _atEnd = Outcome;
    }

    private static async Task BodyAsync(Shared shared, int task, int[] operations)
    {
        for (var i = 0; i < operations.Length; i++)
        {
            await DoAsync(shared, task, operations[i], $"{task}.{i}");
        }
    }

    private static async Task DoAsync(Shared shared, int task, int operation, string place)
    {
        switch (operation)
        {
            case 0 or 1:
                await Asyncio.YieldBeforeAsync("x");
                shared.Write("x", task, place);
                break;
            case 2:
                await Asyncio.YieldBeforeAsync("x", isWrite: false);
                shared.Read("x", place);
                break;
            case 3:
                await Asyncio.YieldBeforeAsync("y");
                shared.Write("y", task, place);
                break;
            case 4:
                await Asyncio.YieldBeforeAsync("y", isWrite: false);
                shared.Read("y", place);
                break;
            case 5:
                await Asyncio.YieldAsync();
                break;
            case 6:
                shared.Loop.Touch("x", isWrite: false);
                shared.Read("x", place);
                shared.Loop.Touch("y");
                shared.Write("y", task, place);
                break;
            case 7:
                using (await shared.Lock.AcquireAsync())
                {
                    await Asyncio.YieldAsync();
                    shared.Loop.Touch("x");
                    shared.Write("x", task, place);
                }

                break;
            case 8:
                using (await shared.Lock.AcquireAsync())
                {
                }

                break;
            case 9:
                shared.Queue.PutNoWait(task);
                break;
            case 10:
                shared.Note(place, await shared.Queue.GetAsync());
                break;
            case 11:
                shared.Event.Set();
                break;
            case 12:
                await shared.Event.WaitAsync();
                break;
            case 13:
                shared.Event.Clear();
                break;
            case 14:
                shared.Note(place, shared.Future.TrySetResult(task) ? 1 : 0);
                break;
            case 15:
                shared.Note(place, await shared.Future);
                break;
            case 16:
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
                break;
            case 17:
                await Asyncio.CreateTask(() => DoAsync(shared, task + 10, 0, place + "c"), place);
                break;
            case 18:
                shared.Tasks[(task + 1) % shared.Tasks.Count].Cancel();
                break;
            case 19:
                shared.Note(place, Simulation.Current.Draw("dice", 2));
                break;
            case 20:
                shared.Loop.CallSoon(() =>
                {
                    shared.Loop.Touch("x");
                    shared.Write("x", task + 20, place);
                });
                break;
            case 21:
                var others = shared.Tasks.Where(other => !ReferenceEquals(other, Asyncio.CurrentTask()));
                await Asyncio.WaitAsync(others.Take(1), ReturnWhen.FirstCompleted, TimeSpan.FromSeconds(1));
                break;
            case 22:
                await Asyncio.GatherAsync(
                    async () =>
                    {
                        await Asyncio.YieldBeforeAsync("x");
                        shared.Write("x", task + 30, place);
                    },
                    async () => await Asyncio.YieldAsync());
                break;
            default:
                using (await shared.Units.AcquireAsync())
                {
                    await Asyncio.YieldAsync();
                }

                break;
        }
    }

    private sealed class Shared(EventLoop loop, List<string> outcome)
    {
        private readonly Dictionary<string, long> _values = new() { ["x"] = 1, ["y"] = 1 };

        public EventLoop Loop => loop;

        public AsyncLock Lock { get; } = new("lock");

        public AsyncQueue<int> Queue { get; } = new(name: "queue");

        public AsyncEvent Event { get; } = new("event");

        public AsyncSemaphore Units { get; } = new(2, "units");

        public Future<int> Future { get; } = loop.CreateFuture<int>();

        public List<Future<ValueTuple>> Tasks { get; } = [];

        public void Read(string name, string place) => Note(place, _values[name]);

        public void Write(string name, int task, string place) => Note(place, _values[name] = unchecked((_values[name] * 31) + task));

        public void Note(string place, long value) => outcome.Add(string.Create(CultureInfo.InvariantCulture, $"{place}={value}"));
    }
}
