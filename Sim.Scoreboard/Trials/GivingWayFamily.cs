using Sim.World;

namespace Sim.Scoreboard;

/// <summary>
/// Another family, but who gives way (<see cref="StepRules.HaveOneForkAsync"/>) runs only when nobody else is ready who does not: what
/// harnesses do in which a yield lowers the priority.
/// </summary>
internal sealed class GivingWayFamily(IStrategyFamily inner) : IStrategyFamily
{
    public string Name => inner.Name;

    public IStrategy Create(long seed, RunProfile profile) => new Strategy(inner.Create(seed, profile));

    private sealed class Strategy(IStrategy inner) : IStrategy
    {
        public string Name => inner.Name;

        public bool NeedsStepKeys => inner.NeedsStepKeys;

        public bool PricesWork => inner.PricesWork;

        public void Begin() => inner.Begin();

        public int Decide(in DecisionPoint point)
        {
            var value = inner.Decide(in point);
            if (point.Kind != DecisionKind.Order || !GivesWay(in point, value))
            {
                return value;
            }

            for (var other = 0; other < point.Bound; other++)
            {
                if (!GivesWay(in point, other))
                {
                    return other;
                }
            }

            return value;
        }

        public void Took(in DecisionPoint point, int value) => inner.Took(in point, value);

        public void Touched(int resource, bool isWrite) => inner.Touched(resource, isWrite);

        public void End() => inner.End();

        private static bool GivesWay(in DecisionPoint point, int value) =>
            point.TryGetOperation(value, out var resource, out _) && point.ResourceOf(resource) == StepRules.GivesWay;
    }
}
