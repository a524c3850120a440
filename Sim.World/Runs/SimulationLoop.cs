using Sim.Clock;
using Sim.Core;

namespace Sim.World;

/// <summary>The loop of a simulation: an event loop on virtual time that ends runs which would never end.</summary>
internal sealed class SimulationLoop : EventLoop
{
    /// <summary>How many steps the shutdown of a run may take.</summary>
    private const long ShutDownSteps = 20_000;

    private readonly TimeLimitPoller _poller;
    private readonly TimeSpan _timeLimit;
    private long _stepLimit;
    private StepCensus? _census;
    private Instant _censusBegan;

    public SimulationLoop(VirtualClock clock, VirtualPoller poller, LoopOptions loopOptions, SimulationOptions limits)
        : this(clock, new TimeLimitPoller(poller, limits.TimeLimit), loopOptions, limits)
    {
    }

    private SimulationLoop(VirtualClock clock, TimeLimitPoller poller, LoopOptions loopOptions, SimulationOptions limits)
        : base(clock, poller, loopOptions)
    {
        (_poller, _timeLimit, _stepLimit) = (poller, limits.TimeLimit, limits.StepLimit);
        poller.Refusal = when => OutOfTime($"what comes next is due at {when}");
    }

    /// <summary>Allows some more steps, for tidying up after a run that has failed.</summary>
    public void AllowTidying()
    {
        _stepLimit = Step + 100_000;
        _census = null;
        _poller.Refusal = null;
    }

    /// <summary>Allows so many steps for ending what a scenario has left behind: who stops takes one or some.</summary>
    public void AllowShutDown()
    {
        _stepLimit = Math.Min(_stepLimit, Step + ShutDownSteps);
        _census = null;
    }

    protected override long Enqueue(Delegate callback, object? state, LoopContext? context, ExecutionContext? flow)
    {
        _census?.Count(context);
        return base.Enqueue(callback, state, context, flow);
    }

    protected override void RunOnce()
    {
        base.RunOnce();
        if (Step > _stepLimit)
        {
            // Before it is given up: who keeps it going?
            if (_census is null)
            {
                (_census, _censusBegan) = (new StepCensus(this), Time);
            }

            if (Step > _stepLimit + StepCensus.Length)
            {
                throw new RunLimitException(
                    $"The scenario took more than {_stepLimit} steps without an end. {WhyEndless()} (StepLimit).{Alive()}",
                    FailureKind.StepLimit)
                {
                    Reason = StallReport.DescribeDeadlock(this)
                        ?? $"{(Time == _censusBegan ? "time stands" : "time moves")}: {string.Join(", ", _census.BusiestNames())}",
                };
            }
        }

        // Also what takes time while it runs may take it too far.
        if (IterationTime.SinceOrigin > _timeLimit && _poller.Refusal is not null)
        {
            throw OutOfTime($"it is {IterationTime}");
        }
    }

    private RunLimitException OutOfTime(string what) => new(
        $"The scenario takes more than {Durations.Format(_timeLimit)} of virtual time without an end: {what}. "
        + $"Either it never ends, or the limit is too low for it (TimeLimit).{Alive()}",
        FailureKind.TimeLimit)
    {
        Reason = StallReport.DescribeDeadlock(this) ?? "no end",
    };

    // Who keeps the run going is rarely who is stuck: a heartbeat goes on beside a deadlock.
    private string Alive() => $"\nThe tasks that are alive:{StallReport.DescribeTasks(this)}";

    private string WhyEndless()
    {
        var stands = Time == _censusBegan;
        var who = _census!.Describe(stands ? " keeps polling" : "");
        return (stands ? $"Virtual time stands at {Time}, because work is always ready: {who}."
                : $"Virtual time moves, and is {Time}; the most is done by {who}.")
            + _census.DescribeRest()
            + (stands ? "\nLet it wait (SleepAsync, an event) instead of polling, or raise the limit"
                : "\nEither it never ends, or the limit is too low");
    }
}
