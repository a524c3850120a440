using Sim.Clock;
using Sim.Core;

namespace Sim.World;

/// <summary>The loop of a simulation: an event loop on virtual time that ends runs which would never end.</summary>
internal sealed class SimulationLoop(VirtualClock clock, IPoller poller, LoopOptions loopOptions, SimulationOptions limits)
    : EventLoop(clock, poller, loopOptions)
{
    private long _stepLimit = limits.StepLimit;

    /// <summary>Allows some more steps, for tidying up after a run that has failed.</summary>
    public void AllowTidying() => _stepLimit = Step + 100_000;

    protected override void RunOnce()
    {
        base.RunOnce();
        if (Step > _stepLimit)
        {
            throw new RunLimitException(
                $"The scenario took more than {_stepLimit} steps without an end, and virtual time stands at {Time}. "
                + "Either something polls without ever waiting, or the limit is too low for it (StepLimit).",
                FailureKind.StepLimit);
        }

        if (IterationTime.SinceOrigin > limits.TimeLimit)
        {
            throw new RunLimitException(
                $"The scenario took more than {Durations.Format(limits.TimeLimit)} of virtual time without an end. "
                + "Either it never ends, or the limit is too low for it (TimeLimit).",
                FailureKind.TimeLimit);
        }
    }
}
