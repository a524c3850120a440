using Sim.World;

namespace Sim.Testing;

/// <summary>
/// What the runs of a campaign leave behind in static state. Looked at before and after the first run and after its
/// repetitions, and when a run is not repeatable.
/// </summary>
internal sealed class Leaks(Scenario scenario)
{
    private const int Shown = 10;

    private readonly StaticState _state = new(scenario.Code ?? scenario.Body.Method);
    private StaticSnapshot _before = new();
    private StaticSnapshot? _first;

    /// <summary>The statics that repeating the first run has changed.</summary>
    public IReadOnlyList<string> Left { get; private set; } = [];

    public void Begin() => _before = _state.Take(beforeAll: true);

    public void AfterFirst() => _first = _state.Take();

    public void AfterRepetitions() => Left = [.. _first!.ChangesTo(_state.Take()).Select(static change => change.Path)];

    /// <summary>The failure of a run that is not repeatable, with the statics named that have changed meanwhile.</summary>
    public Failure Explain(Failure failure)
    {
        if (failure.Kind != FailureKind.Nondeterministic)
        {
            return failure;
        }

        var now = _state.Take();
        var since = _first?.ChangesTo(now) ?? [];
        // What only the first run has changed: a cache that it has filled.
        var known = since.Select(static change => change.Path).ToHashSet(StringComparer.Ordinal);
        var changes = since.Concat(_before.ChangesTo(now).Where(change => !known.Contains(change.Path))).ToList();
        if (changes.Count == 0)
        {
            return failure;
        }

        var list = string.Join("\n    ", changes.Take(Shown)) + (changes.Count > Shown ? $"\n    and {changes.Count - Shown} more" : "");
        var message = $"{failure.Exception.Message}\nStatic state has changed meanwhile, which the next run should not see:\n    {list}";
        return failure with { Exception = new NondeterminismException(message) };
    }
}
