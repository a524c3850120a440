using Sim.Core;

namespace Sim.World;

/// <summary>
/// Takes one path after the other through the tree of decisions, depth first, until none is left: with every choice, with so
/// many preemptions at most (M. Musuvathi, S. Qadeer, PLDI 2007), or with only as many orders as there can be differences
/// between (see <see cref="Reduction"/>). Call <see cref="MoveNext"/> before each run; <see cref="ExhaustiveSearch"/> does.
/// </summary>
/// <param name="options">What is searched.</param>
public sealed partial class ExhaustiveStrategy(ExhaustiveOptions options) : IStrategy, ICausalObserver
{
    private readonly ExecutionLog _log = new();
    private readonly RaceFinder _races = new();
    private readonly ClassFinder _finder = new();
    private readonly HashSet<UInt128> _interleavings = [];
    private readonly HashSet<UInt128> _operationOrders = [];
    private readonly HashSet<UInt128> _classes = [];
    private readonly List<SleepEntry> _sleep = [];
    private List<SearchNode> _path = SearchPosition.Read(options.Position, options.Reduction);
    private Reduction _reduction = options.Reduction;
    private bool _begun;
    private bool _recording;
    private bool _abandoned;
    private int _depth;
    private int _stable;
    private int _nodeOfStep = -1;
    private long _lastTask;
    private int _preemptions;

    /// <inheritdoc/>
    public string Name => "exhaustive";

    /// <summary>Whether nothing is left to search.</summary>
    public bool IsComplete { get; private set; }

    /// <inheritdoc cref="ExhaustiveReport.Executions"/>
    public long Executions { get; private set; }

    /// <inheritdoc cref="ExhaustiveReport.Abandoned"/>
    public long Abandoned { get; private set; }

    /// <inheritdoc cref="ExhaustiveReport.Interleavings"/>
    public long Interleavings => _interleavings.Count;

    /// <inheritdoc cref="ExhaustiveReport.OperationOrders"/>
    public long OperationOrders => _operationOrders.Count;

    /// <inheritdoc cref="ExhaustiveReport.Classes"/>
    public long Classes => _classes.Count;

    /// <inheritdoc cref="ExhaustiveReport.Unreduced"/>
    public string? Unreduced { get; private set; }

    /// <summary>Where the search stands, right after <see cref="MoveNext"/>: what another goes on from.</summary>
    public string Position => SearchPosition.Write(_reduction, _path);

    /// <summary>The classes seen, each as a number that is the same in every search.</summary>
    public IReadOnlyCollection<UInt128> ClassSet => _classes;

    /// <summary>The class of the run that has just ended.</summary>
    public UInt128 LastClass => _finder.Class;

    /// <summary>Whether the run that has just ended was abandoned: it showed nothing new.</summary>
    public bool LastAbandoned => _abandoned;

    /// <summary>That a run did not come to the decisions that it must; null as long as all did. Then there is no way on.</summary>
    internal NondeterminismException? Mismatch { get; private set; }

    private bool Reduces => _reduction != Reduction.None;

    /// <summary>Goes on to the next path.</summary>
    /// <returns>Whether there is one: then make a run.</returns>
    public bool MoveNext()
    {
        if (IsComplete || (_begun && !Advance()))
        {
            IsComplete = true;
            return false;
        }

        _begun = true;
        _log.Clear();
        _sleep.Clear();
        (_recording, _abandoned) = (true, false);
        (_depth, _nodeOfStep, _lastTask, _preemptions) = (0, -1, 0, 0);
        return true;
    }

    /// <inheritdoc/>
    public void Begin()
    {
    }

    /// <inheritdoc/>
    public int Decide(in DecisionPoint point)
    {
        if (!_recording)
        {
            return 0;
        }

        if (point.Kind == DecisionKind.Time)
        {
            return options.TimeMayPass ? Descend(in point)?.Value ?? Add(new SearchNode(DecisionKind.Time, point.Bound, 0)) : 0;
        }

        if (point.Kind == DecisionKind.Draw)
        {
            var drawn = Descend(in point)?.Value ?? Add(new SearchNode(DecisionKind.Draw, point.Bound, 0));
            _log.Drawn(drawn);
            return drawn;
        }

        EndStep();
        if (options.CallbacksAtOnce && FirstCallback(in point) is >= 0 and var callback)
        {
            return callback;
        }

        if (Descend(in point) is { } known)
        {
            _nodeOfStep = _depth - 1;
            _sleep.Clear();
            _sleep.AddRange(known.Sleep);
            return known.Value;
        }

        return Grow(in point);
    }

    /// <inheritdoc/>
    public void Took(in DecisionPoint point, int value)
    {
        if (!_recording)
        {
            return;
        }

        var sequence = point.SequenceOf(value);
        if (_nodeOfStep < 0)
        {
            EndStep();
            if (_sleep.Exists(entry => entry.Sequence == sequence))
            {
                Abandon();
                return;
            }
        }

        _preemptions += Cost(in point, value);
        if (point.TaskOf(value) is > 0 and var task)
        {
            _lastTask = task;
        }

        _sleep.RemoveAll(entry => entry.Sequence == sequence);
        _log.Begin(sequence, point.LineageOf(value), _nodeOfStep);
        _nodeOfStep = -1;
    }

    /// <inheritdoc/>
    public void End()
    {
        if (!_begun)
        {
            return;
        }

        EndStep();
        _recording = false;
        if (Mismatch is not null)
        {
            return;
        }

        if (Reduces && _log.Irregular is { } irregular)
        {
            Restart(irregular);
            return;
        }

        if (Reduces)
        {
            _races.Look(_log, _path, _stable);
            KeepUses();
        }

        if (_abandoned)
        {
            Abandoned++;
            return;
        }

        Executions++;
        _finder.Look(_log);
        _interleavings.Add(_finder.Interleaving);
        _operationOrders.Add(_finder.OperationOrder);
        _classes.Add(_finder.Class);
    }

    void ICausalObserver.OnReady(long sequence, LoopContext? context, object? timer, bool inStep)
    {
        if (_recording)
        {
            _log.Ready(sequence, context, timer, inStep);
        }
    }

    void ICausalObserver.OnWithdrawn(long sequence)
    {
        if (_recording)
        {
            _log.Withdrawn();
        }
    }

    void ICausalObserver.OnArmed(object timer, bool isDue)
    {
        if (_recording)
        {
            _log.Armed(timer, isDue);
        }
    }

    void ICausalObserver.OnCreated(object thing)
    {
        if (_recording)
        {
            _log.Created(thing);
        }
    }

    void ICausalObserver.OnUsed(object thing, UseKind kind)
    {
        if (_recording)
        {
            _log.Used(thing, kind);
        }
    }

    void ICausalObserver.OnOperation(in Operation operation, bool announced)
    {
        if (_recording)
        {
            _log.Operation(in operation, announced);
        }
    }

    void ICausalObserver.OnStopping()
    {
        // The run counts up to the end of this step.
        if (_recording && _log.Current is { } step)
        {
            step.IsStop = step.IsSuspect = true;
            EndStep();
            _recording = false;
        }
    }
}
