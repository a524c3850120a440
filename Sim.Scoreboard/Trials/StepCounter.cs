using Sim.World;

namespace Sim.Scoreboard;

/// <summary>Lets another strategy decide and counts tasks and their steps.</summary>
internal sealed class StepCounter(IStrategy inner) : IStrategy
{
    public string Name => inner.Name;

    public ProgramSize Size { get; private set; }

    public void Begin()
    {
        Size = default;
        inner.Begin();
    }

    public int Decide(in DecisionPoint point) => inner.Decide(in point);

    public void Took(in DecisionPoint point, int value)
    {
        var task = (int)point.TaskOf(value);
        Size = task == 0 ? Size : new ProgramSize(Math.Max(Size.Tasks, task), Size.Events + 1);
        inner.Took(in point, value);
    }

    public void Touched(int resource, bool isWrite) => inner.Touched(resource, isWrite);

    public void End() => inner.End();
}
