using Sim.Clock;
using Sim.Core;

namespace Sim.World;

/// <summary>The loop of a simulation: an event loop on virtual time that ends runs which would never end.</summary>
internal sealed class SimulationLoop(VirtualClock clock, IPoller poller, LoopOptions loopOptions, SimulationOptions limits)
    : EventLoop(clock, poller, loopOptions)
{
    private long _stepLimit = limits.StepLimit;
    private StepCensus? _census;
    private Instant _censusBegan;

    /// <summary>Allows some more steps, for tidying up after a run that has failed.</summary>
    public void AllowTidying()
    {
        _stepLimit = Step + 100_000;
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
                (_census, _censusBegan) = (new StepCensus(), Time);
            }

            if (Step > _stepLimit + StepCensus.Length)
            {
                throw new RunLimitException(
                    $"The scenario took more than {_stepLimit} steps without an end. {WhyEndless()} (StepLimit).", FailureKind.StepLimit);
            }
        }

        if (IterationTime.SinceOrigin > limits.TimeLimit)
        {
            throw new RunLimitException(
                $"The scenario took more than {Durations.Format(limits.TimeLimit)} of virtual time without an end. "
                + "Either it never ends, or the limit is too low for it (TimeLimit).",
                FailureKind.TimeLimit);
        }
    }

    private string WhyEndless() => Time == _censusBegan
        ? $"Virtual time stands at {Time}, because work is always ready: {_census!.Describe()}. Let it wait (SleepAsync, an event) instead of "
            + "polling, or raise the limit"
        : $"Virtual time moves, and is {Time}; the most is done by {_census!.Describe()}. Either it never ends, or the limit is too low";
}
