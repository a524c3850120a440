namespace Sim.World;

/// <summary>Replays a script, and when a given step is the oldest, lets another task take some steps ahead of it.</summary>
/// <param name="script">The rest.</param>
/// <param name="turn">The step that waits.</param>
/// <param name="task">Who goes ahead of it.</param>
/// <param name="steps">How many steps, as long as there are such.</param>
internal sealed class HoldStrategy(DecisionScript script, StepKey turn, string task, int steps) : IStrategy
{
    private readonly ReplayStrategy _rest = new(script);
    private int _left;

    public string Name => "hold";

    public bool NeedsStepKeys => true;

    public bool PricesWork => _rest.PricesWork;

    public void Begin()
    {
        _left = steps;
        _rest.Begin();
    }

    public int Decide(in DecisionPoint point)
    {
        if (point.Kind == DecisionKind.Order && _left > 0 && point.StepOf(0) == turn)
        {
            for (var value = 1; value < point.Bound; value++)
            {
                if (point.StepOf(value).Name == task)
                {
                    _left--;
                    return value;
                }
            }
        }

        return _rest.Decide(in point);
    }
}
