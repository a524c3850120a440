namespace Sim.World;

/// <summary>First in first out, and a note of who could have gone ahead of whom.</summary>
internal sealed class TurnSurvey : IStrategy
{
    private readonly List<(StepKey Turn, string Task)> _found = [];

    public string Name => "fifo";

    public bool NeedsStepKeys => true;

    /// <summary>Each step that could have been made to wait, with each task that could have gone ahead of it.</summary>
    public IReadOnlyList<(StepKey Turn, string Task)> Found => _found;

    public void Begin() => _found.Clear();

    public int Decide(in DecisionPoint point)
    {
        if (point.Kind == DecisionKind.Order)
        {
            var (turn, first) = (point.StepOf(0), _found.Count);
            for (var value = 1; value < point.Bound; value++)
            {
                var pair = (turn, point.StepOf(value).Name);
                if (_found.IndexOf(pair, first) < 0)
                {
                    _found.Add(pair);
                }
            }
        }

        return 0;
    }
}
