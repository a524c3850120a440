using System.Collections.Immutable;
using System.Globalization;
using Sim.Core;
using Sim.Testing.FsCheck;
using static Sim.Testing.FsCheck.TimingOperation;

namespace Sim.Properties;

/// <summary>Runs a timing program on the reference loop and writes the log that the real loop must write.</summary>
internal sealed class ReferenceInterpreter
{
    private readonly ReferenceLoop _loop;
    private readonly List<TimingEntry> _log = [];
    private readonly Dictionary<int, ReferenceCall> _calls = [];
    private readonly Dictionary<int, ReferenceTask> _tasks = [];
    private readonly ReferenceFuture[] _futures;
    private int _unfinished;

    private ReferenceInterpreter(Mistake mistake)
    {
        _loop = new ReferenceLoop(mistake);
        _futures = [.. Enumerable.Range(0, TimingPrograms.Futures).Select(_ => new ReferenceFuture(_loop))];
    }

    public static IReadOnlyList<TimingEntry> Run(TimingProgram program, Mistake mistake = Mistake.None)
    {
        var run = new ReferenceInterpreter(mistake);
        if (program.AwaitsFutures)
        {
            run._loop.CallLater(program.ReleaseAfter, () => Array.ForEach(run._futures, static future => future.TryFinish(FutureState.Succeeded)));
        }

        run.Create(new Spawn(0, program.Main));
        run._loop.RunUntil(() => run._unfinished == 0);
        return run._log;
    }

    private static string NameOf(int task) => task == 0 ? "main" : Line($"task{task}");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private ReferenceTask Create(Spawn spawn)
    {
        var name = NameOf(spawn.Number);
        _unfinished++;
        var task = _tasks[spawn.Number] = new ReferenceTask(_loop, self => RunTask(self, name, spawn.Body));
        task.AddCallback(() =>
        {
            Write(name, Line($"is {task.State}"));
            _unfinished--;
        });
        return task;
    }

    private IEnumerable<ReferenceFuture?> RunTask(ReferenceTask task, string who, ImmutableArray<TimingOperation> body)
    {
        Write(who, "begins");
        foreach (var awaited in Run(task, who, body))
        {
            yield return awaited;
        }

        if (!task.IsThrowing)
        {
            Write(who, "ends");
        }
    }

    private IEnumerable<ReferenceFuture?> Run(ReferenceTask task, string who, ImmutableArray<TimingOperation> body)
    {
        foreach (var operation in body)
        {
            var steps = operation switch
            {
                Sleep { Milliseconds: 0 } => [null],
                Sleep sleep => Sleep(sleep.Milliseconds),
                Yield => [null],
                AwaitFuture wait => Await(task, _futures[wait.Future]),
                Gather gather => Await(task, new ReferenceGather(_loop, [.. gather.Children.Select(Create)])),
                Guard guard => Guard(task, who, guard.Body),
                _ => Do(who, operation),
            };
            foreach (var awaited in steps)
            {
                yield return awaited;
            }

            if (task.IsThrowing)
            {
                yield break;
            }

            if (Done(operation) is { } what)
            {
                Write(who, what);
            }
        }
    }

    private static string? Done(TimingOperation operation) => operation switch
    {
        Sleep sleep => Line($"slept {sleep.Milliseconds}ms"),
        Yield => "yielded",
        AwaitFuture wait => Line($"has future{wait.Future}"),
        Gather gather => $"gathered {string.Join(' ', gather.Children.Select(static child => child.Number))}",
        _ => null,
    };

    private IEnumerable<ReferenceFuture?> Sleep(int milliseconds)
    {
        var end = new ReferenceFuture(_loop);
        var timer = _loop.CallLater(milliseconds, () => end.TryFinish(FutureState.Succeeded));
        yield return end;
        timer.Cancel();
    }

    // Awaiting what is done takes no tick (rule 46).
    private static IEnumerable<ReferenceFuture?> Await(ReferenceTask task, ReferenceFuture future)
    {
        if (future.IsDone)
        {
            task.IsThrowing = future.State != FutureState.Succeeded;
            yield break;
        }

        yield return future;
    }

    private IEnumerable<ReferenceFuture?> Guard(ReferenceTask task, string who, ImmutableArray<TimingOperation> body)
    {
        foreach (var awaited in Run(task, who, body))
        {
            yield return awaited;
        }

        if (task.IsThrowing)
        {
            task.IsThrowing = false;
            Write(who, "caught a cancellation");
        }
    }

    private IEnumerable<ReferenceFuture?> Do(string who, TimingOperation operation)
    {
        switch (operation)
        {
            case Log line:
                Write(who, Line($"log {line.Number}"));
                break;
            case CallSoon soon:
                _unfinished++;
                _calls[soon.Number] = _loop.CallSoon(() => RunCallback(soon.Number, soon.Body));
                break;
            case CallLater later:
                _unfinished++;
                _calls[later.Number] = _loop.CallLater(later.Milliseconds, () => RunCallback(later.Number, later.Body));
                break;
            case Spawn spawn:
                Create(spawn);
                break;
            case SetFuture set:
                Write(who, Line($"sets future{set.Future}: {_futures[set.Future].TryFinish(FutureState.Succeeded)}"));
                break;
            case CancelCallback cancel:
                var prevented = _calls.GetValueOrDefault(cancel.Number)?.Cancel();
                Write(who, Line($"cancels callback{cancel.Number}: {prevented}"));
                _unfinished -= prevented == true ? 1 : 0;
                break;
            case CancelTask cancel:
                Write(who, Line($"cancels {NameOf(cancel.Number)}: {_tasks.GetValueOrDefault(cancel.Number)?.Cancel()}"));
                break;
        }

        return [];
    }

    private void RunCallback(int number, ImmutableArray<TimingOperation> body)
    {
        var who = Line($"callback{number}");
        Write(who, "runs");
        foreach (var operation in body)
        {
            Do(who, operation);
        }

        _unfinished--;
    }

    private void Write(string who, string what) =>
        _log.Add(new TimingEntry(who, what, TimeSpan.FromMilliseconds(_loop.Now), _loop.Iteration));
}
