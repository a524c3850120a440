using Sim.Core;

namespace Sim.Tests;

/// <summary>An executor that runs its work when the test says so, in the order of submission.</summary>
internal sealed class ByHand : IExecutor
{
    private readonly Queue<Action> _work = [];

    public void Submit(Action work) => _work.Enqueue(work);

    public void RunNext() => _work.Dequeue()();
}
