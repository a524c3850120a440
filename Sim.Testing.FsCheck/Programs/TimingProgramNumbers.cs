using System.Collections.Immutable;
using static Sim.Testing.FsCheck.TimingOperation;

namespace Sim.Testing.FsCheck;

/// <summary>Gives tasks, callbacks and log lines their numbers, and lets cancellations refer to tasks and callbacks that exist.</summary>
internal sealed class TimingProgramNumbers
{
    private readonly List<int> _tasks = [0];
    private readonly List<int> _callbacks = [];
    private int _last;

    public static TimingProgram Assign(ImmutableArray<TimingOperation> main)
    {
        var numbers = new TimingProgramNumbers();
        var numbered = numbers.Number(main);
        return new TimingProgram(numbers.Resolve(numbered));
    }

    private ImmutableArray<TimingOperation> Number(ImmutableArray<TimingOperation> body) => [.. body.Select(Number)];

    private TimingOperation Number(TimingOperation operation) => operation switch
    {
        Log => new Log(++_last),
        CallSoon soon => new CallSoon(Next(_callbacks), Number(soon.Body)),
        CallLater later => new CallLater(Next(_callbacks), later.Milliseconds, Number(later.Body)),
        Spawn spawn => Number(spawn),
        Gather gather => new Gather([.. gather.Children.Select(Number)]),
        Guard guard => new Guard(Number(guard.Body)),
        _ => operation,
    };

    private Spawn Number(Spawn spawn) => new(Next(_tasks), Number(spawn.Body));

    private int Next(List<int> kind)
    {
        kind.Add(++_last);
        return _last;
    }

    private ImmutableArray<TimingOperation> Resolve(ImmutableArray<TimingOperation> body) => [.. body.Select(Resolve)];

    private TimingOperation Resolve(TimingOperation operation) => operation switch
    {
        CallSoon soon => soon with { Body = Resolve(soon.Body) },
        CallLater later => later with { Body = Resolve(later.Body) },
        Spawn spawn => spawn with { Body = Resolve(spawn.Body) },
        Gather gather => new Gather([.. gather.Children.Select(child => child with { Body = Resolve(child.Body) })]),
        Guard guard => new Guard(Resolve(guard.Body)),
        CancelTask cancel => new CancelTask(_tasks[cancel.Number % _tasks.Count]),
        CancelCallback when _callbacks.Count == 0 => new Log(++_last),
        CancelCallback cancel => new CancelCallback(_callbacks[cancel.Number % _callbacks.Count]),
        _ => operation,
    };
}
