using System.Diagnostics.CodeAnalysis;
using Sim.Clock;
using Sim.Core;

namespace Sim.World;

/// <summary>
/// One simulated run: a loop on virtual time whose every choice is drawn from one strategy and recorded. Start here.
/// Code inside of it reaches it as <see cref="Current"/>; most code needs no more than <c>Asyncio</c> and the loop's
/// <see cref="TimeProvider"/>. Members are for the loop thread.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A simulation is one run, and the run closes its loop.")]
public sealed class Simulation
{
    private static readonly LoopLocal<Simulation> _local = new(static loop => throw new NoRunningLoopException(
        $"{loop.Options.Name} is not a simulation: run the code by Simulation.Run, a scenario or a [SimTest]."));

    private readonly Chooser _chooser;
    private readonly TraceRecorder _recorder;
    private readonly SimulationLoop _loop;
    private readonly SimulationOptions _options;
    private Failure? _failure;
    private IReadOnlyList<string> _leftTasks = [];
    private Instant? _endedAt;

    private Simulation(SimulationOptions options)
    {
        _options = options;
        Clock = new VirtualClock(options.Epoch);
        var poller = new VirtualPoller(Clock, options.Patience);
        _chooser = new Chooser(options.Strategy, options.Records, options.TracksCoverage, options.InstantWork ? null : poller)
        {
            TimeLimit = options.TimeLimit,
        };
        _recorder = new TraceRecorder(_chooser);
        var loopOptions = new LoopOptions
        {
            Name = "simulation",
            Scheduler = _chooser,
            Observer = options.Records ? _recorder : null,
            Isolation = ThreadIsolation.Sealed,
            NotesCreationSites = options.NotesCreationSites,
        };
        _loop = new SimulationLoop(Clock, poller, loopOptions, options)
        {
            ExceptionHandler = OnError,
        };
        _loop.SetDefaultExecutor(new VirtualExecutor(_loop));
        _loop.SetSignalSource(new VirtualSignals());
        _loop.SetProcessStarter(new VirtualProcesses());
        _local.Set(_loop, this);
        Random = new DrawnRandom(_loop, "random");
    }

    /// <summary>The simulation that runs on this thread.</summary>
    /// <exception cref="NoRunningLoopException">The code does not run inside of one.</exception>
    public static Simulation Current => EventLoop.Running is { } loop
        ? _local[loop]
        : throw new NoRunningLoopException(
            "No simulation runs on this thread: mark the test [SimTest] instead of [Test], or call Simulation.Run.");

    /// <summary>The loop.</summary>
    public EventLoop Loop => _loop;

    /// <summary>The clock: its wall clock may be set; its monotonic time is moved by the poller alone.</summary>
    public VirtualClock Clock { get; }

    /// <summary>Virtual time for code that waits through a provider.</summary>
    public TimeProvider TimeProvider => _loop.TimeProvider;

    /// <summary>Random numbers that are decisions of the run.</summary>
    public Random Random { get; }

    /// <summary>Draws a number from 0, the tame default, to <paramref name="bound"/> - 1, as a decision of the run.</summary>
    /// <param name="label">Who draws, and for what; the same in every run.</param>
    /// <param name="bound">How many values there are, at least 1.</param>
    public int Draw(string label, int bound) => _loop.Draw(label, bound);

    /// <summary>Writes a line into the trace.</summary>
    public void Note(string text) => _loop.Note(text);

    /// <summary>Makes one run of <paramref name="body"/> and reports what became of it. Throws nothing that the body throws.</summary>
    /// <param name="body">The scenario.</param>
    /// <param name="options">How the run is made.</param>
    /// <exception cref="LoopRunningException">Called inside a running loop.</exception>
    public static RunReport Run(Func<Task> body, SimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new Simulation(options ?? new SimulationOptions()).Run(body);
    }

    private RunReport Run(Func<Task> body)
    {
        _loop.CheckNotRunning();
        using (_options.WatchThreadPool ? ThreadPoolWatch.Begin() : null)
        {
            try
            {
                _loop.RunUntilComplete(_loop.CreateTask(body, "main"));
                NoteLeftTasks();
                ShutDown();
            }
            catch (Exception error)
            {
                // Also what the library itself throws at a run: whatever ends it is told, never lost.
                Fail(Classify(error), error, _recorder.FirstFailure?.Task ?? "main");
            }

            TidyUp();
        }

        return new RunReport(
            _options.Strategy.Name, _failure, _recorder.ToTrace(), _chooser.Decisions, _loop.Time.SinceOrigin, _loop.Step)
        {
            LeftTasks = _leftTasks,
            PricesWork = _chooser.PricesWork,
            Coverage = _chooser.Coverage,
            StepLog = _chooser.StepLog,
        };
    }

    private void NoteLeftTasks()
    {
        var left = CallGraph.Capture(_loop);
        _leftTasks = [.. left.DescribeEach(), .. left.DescribeForsaken()];
        if (_options.LeakedTasksFail && _leftTasks.Count > 0)
        {
            throw LeakedTasksException.Alive(_loop.Time, left);
        }
    }

    // Whoever is left is asked to stop, as asyncio does. Who does not, because it waits on what is not the loop's or begins again,
    // is the failure, and not that the run is so long or has stalled.
    private void ShutDown()
    {
        _endedAt = _loop.Time;
        _loop.AllowShutDown();
        try
        {
            _loop.ShutDown();
        }
        catch (RunLimitException)
        {
            throw Unstoppable();
        }
    }

    private LeakedTasksException Unstoppable() => LeakedTasksException.Unstoppable(_endedAt!.Value, CallGraph.Capture(_loop));

    // After a failure the rest is neither part of the story nor of the decisions; after a success only the close is left,
    // which reports errors that nobody has seen.
    private void TidyUp()
    {
        _chooser.Freeze();
        if (_failure is not null)
        {
            _recorder.Stop();
            _loop.AllowTidying();
            try
            {
                _loop.CancelAllTasks();
            }
            catch (Exception)
            {
                // The run has failed already, and that failure is the one to tell.
            }
        }

        _loop.Close();
    }

    private void OnError(LoopError error)
    {
        if (_endedAt is not null && error.Exception is StalledException)
        {
            Fail(FailureKind.Leaked, Unstoppable(), "main");
            return;
        }

        Fail(error.Exception is WorkEscapedException ? FailureKind.Escaped : FailureKind.Unobserved, error.Exception, error.Task);
        if (_loop.IsRunning)
        {
            _loop.Stop();
        }
    }

    private void Fail(FailureKind kind, Exception error, string task)
    {
        if (_failure is null)
        {
            _failure = new Failure(kind, error, _loop.Time, task);
            _recorder.AddFailure(_loop, task, $"FAILS: {_failure.Message}");
        }
    }

    private static FailureKind Classify(Exception error) => error switch
    {
        StalledException => FailureKind.Stalled,
        RunLimitException limit => limit.Kind,
        LeakedTasksException => FailureKind.Leaked,
        WorkEscapedException => FailureKind.Escaped,
        _ => FailureKind.Exception,
    };
}
