namespace Sim.World;

/// <summary>
/// Reads a script as who waits for whom: a step that another went ahead of does not run before that one has, however long
/// that takes. Else the oldest step that need not wait runs, and if all must, the oldest. For code in which a task has come
/// to need more steps than when it was recorded. Draws and time go by their keys.
/// </summary>
/// <param name="script">The deviations.</param>
internal sealed class WaitStrategy(DecisionScript script) : IStrategy
{
    private readonly ReplayStrategy _rest = new(new DecisionScript(script.Deviations.Where(static d => d.Key.Kind != DecisionKind.Order)));

    // Looked up, never iterated.
    private readonly ILookup<StepKey, StepKey> _ahead =
        script.Deviations.Where(static d => d.Key.Kind == DecisionKind.Order).ToLookup(static d => d.Key.Turn, static d => d.Key.Step);
    private readonly HashSet<StepKey> _run = [];

    public string Name => "replay";

    public bool NeedsStepKeys => true;

    public bool PricesWork => script.PricesWork;

    public void Begin()
    {
        _run.Clear();
        _rest.Begin();
    }

    public int Decide(in DecisionPoint point)
    {
        if (point.Kind != DecisionKind.Order)
        {
            return _rest.Decide(in point);
        }

        for (var value = 0; value < point.Bound; value++)
        {
            if (_ahead[point.StepOf(value)].All(_run.Contains))
            {
                return value;
            }
        }

        return 0;
    }

    public void Took(in DecisionPoint point, int value) => _run.Add(point.StepOf(value));
}
