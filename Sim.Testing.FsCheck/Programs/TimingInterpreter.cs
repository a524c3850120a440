using System.Collections.Immutable;
using System.Globalization;
using Sim.Clock;
using Sim.Core;
using static Sim.Testing.FsCheck.TimingOperation;

namespace Sim.Testing.FsCheck;

/// <summary>One run of a timing program on a loop, through the loop's public API only. Loop thread only.</summary>
internal sealed class TimingInterpreter(TimingProgram program, EventLoop loop, Action<TimingEntry> log)
{
    private readonly Future<ValueTuple> _end = loop.CreateFuture<ValueTuple>();
    private readonly Instant _start = loop.Time;
    private readonly long _firstIteration = loop.Iteration;

    // Looked up by number, never iterated.
    private readonly Dictionary<int, Func<bool>> _cancellers = [];
    private readonly Dictionary<int, LoopTask<int>> _tasks = [];
    private readonly Dictionary<int, Future<int>> _futures = [];
    private TimerHandle? _release;
    private int _unfinished;

    public Future<ValueTuple> Start()
    {
        if (program.AwaitsFutures)
        {
            _release = loop.CallLater(TimeSpan.FromMilliseconds(program.ReleaseAfter), Release);
        }

        Create(new Spawn(0, program.Main));
        return _end;
    }

    private static string NameOf(int task) => task == 0 ? "main" : Line($"task{task}");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // All that has a delay is over by now: what still waits, waits for a future that nobody sets.
    private void Release()
    {
        for (var number = 0; number < TimingPrograms.Futures; number++)
        {
            FutureOf(number).TrySetResult(number);
        }
    }

    private LoopTask<int> Create(Spawn spawn)
    {
        var name = NameOf(spawn.Number);
        _unfinished++;
        var task = _tasks[spawn.Number] = loop.CreateTask(() => RunTaskAsync(name, spawn), name);
        task.AddDoneCallback(done =>
        {
            Write(name, Line($"is {done.State}"));
            Finish();
        });
        return task;
    }

    private async Task<int> RunTaskAsync(string who, Spawn spawn)
    {
        Write(who, "begins");
        await RunAsync(who, spawn.Body);
        Write(who, "ends");
        return spawn.Number;
    }

    private async Task RunAsync(string who, ImmutableArray<TimingOperation> body)
    {
        foreach (var operation in body)
        {
            switch (operation)
            {
                case Sleep sleep:
                    await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(sleep.Milliseconds));
                    Write(who, Line($"slept {sleep.Milliseconds}ms"));
                    break;
                case Yield:
                    await Asyncio.YieldAsync();
                    Write(who, "yielded");
                    break;
                case AwaitFuture wait:
                    Write(who, Line($"has future{await FutureOf(wait.Future)}"));
                    break;
                case Gather gather:
                    var children = gather.Children.Select(Create).ToArray();
                    Write(who, $"gathered {string.Join(' ', await Asyncio.GatherAsync<int>(children))}");
                    break;
                case Guard guard:
                    await GuardAsync(who, guard);
                    break;
                default:
                    Do(who, operation);
                    break;
            }
        }
    }

    private async Task GuardAsync(string who, Guard guard)
    {
        try
        {
            await RunAsync(who, guard.Body);
        }
        catch (OperationCanceledException)
        {
            Write(who, "caught a cancellation");
        }
    }

    private void Do(string who, TimingOperation operation)
    {
        switch (operation)
        {
            case Log line:
                Write(who, Line($"log {line.Number}"));
                break;
            case CallSoon soon:
                _unfinished++;
                var handle = loop.CallSoon(() => RunCallback(soon.Number, soon.Body));
                _cancellers[soon.Number] = handle.Cancel;
                break;
            case CallLater later:
                _unfinished++;
                var timer = loop.CallLater(TimeSpan.FromMilliseconds(later.Milliseconds), () => RunCallback(later.Number, later.Body));
                _cancellers[later.Number] = timer.Cancel;
                break;
            case Spawn spawn:
                Create(spawn);
                break;
            case SetFuture set:
                Write(who, Line($"sets future{set.Future}: {FutureOf(set.Future).TrySetResult(set.Future)}"));
                break;
            case CancelCallback cancel:
                CancelCallback(who, cancel.Number);
                break;
            case CancelTask cancel:
                Write(who, Line($"cancels {NameOf(cancel.Number)}: {_tasks.GetValueOrDefault(cancel.Number)?.Cancel()}"));
                break;
            default:
                throw new InvalidOperationException($"A timing program has no operation {operation.GetType().Name}.");
        }
    }

    private void CancelCallback(string who, int number)
    {
        var prevented = _cancellers.GetValueOrDefault(number)?.Invoke();
        Write(who, Line($"cancels callback{number}: {prevented}"));
        if (prevented == true)
        {
            Finish();
        }
    }

    private void RunCallback(int number, ImmutableArray<TimingOperation> body)
    {
        var who = Line($"callback{number}");
        Write(who, "runs");
        foreach (var operation in body)
        {
            Do(who, operation);
        }

        Finish();
    }

    private Future<int> FutureOf(int number)
    {
        if (!_futures.TryGetValue(number, out var future))
        {
            _futures[number] = future = loop.CreateFuture<int>();
        }

        return future;
    }

    private void Finish()
    {
        if (--_unfinished == 0)
        {
            _release?.Cancel();
            _end.SetResult(default);
        }
    }

    private void Write(string who, string what) =>
        log(new TimingEntry(who, what, loop.Time - _start, loop.Iteration - _firstIteration));
}
