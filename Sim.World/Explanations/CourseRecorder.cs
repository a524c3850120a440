using System.Runtime.InteropServices;

namespace Sim.World;

/// <summary>Lets another strategy decide and keeps what the run did.</summary>
/// <param name="inner">Decides.</param>
/// <param name="withSteps">Whether to keep what is known of each step too: only the runs that are shown need it.</param>
internal sealed class CourseRecorder(IStrategy inner, bool withSteps = false) : IStrategy
{
    private readonly List<StepKey> _order = [];
    private readonly List<Course.Value> _values = [];
    private readonly List<ExplainedStep> _steps = [];
    private readonly List<(int Resource, bool IsWrite)> _touched = [];
    private readonly List<(string? Name, bool IsVariable)> _names = [];

    // Looked up, never iterated.
    private readonly Dictionary<(DecisionKind, string), int> _alike = [];
    private int _passages;

    public string Name => inner.Name;

    public bool NeedsStepKeys => true;

    public bool PricesWork => inner.PricesWork;

    /// <summary>What each step was, in order; empty unless asked for.</summary>
    public IReadOnlyList<ExplainedStep> Steps => _steps;

    public Course ToCourse() => new(_order, _values);

    public void Begin() => inner.Begin();

    public int Decide(in DecisionPoint point)
    {
        var value = inner.Decide(in point);
        if (point.Kind == DecisionKind.Time)
        {
            if (value != 0)
            {
                _order.Add(Course.Passage(++_passages));
            }
        }
        else if (point.Kind != DecisionKind.Order)
        {
            var label = point.LabelOf(0);
            var number = ++CollectionsMarshal.GetValueRefOrAddDefault(_alike, (point.Kind, label), out _);
            _values.Add(new Course.Value(point.Kind, label, number, value, _order.Count - _passages));
        }

        return value;
    }

    public void Took(in DecisionPoint point, int value)
    {
        inner.Took(in point, value);
        var key = point.StepOf(value);
        _order.Add(key);
        if (!withSteps)
        {
            return;
        }

        // What the last step has touched has its names only now.
        foreach (var (resource, isWrite) in _touched)
        {
            Note(NameOf(resource, in point), isWrite);
        }

        _touched.Clear();
        _steps.Add(new ExplainedStep(key, point.AwaitSitesOf(value), []));
        if (point.TryGetOperation(value, out var announced, out var writes))
        {
            Note(NameOf(announced, in point), writes);
        }
    }

    public void Touched(int resource, bool isWrite)
    {
        inner.Touched(resource, isWrite);
        if (withSteps)
        {
            _touched.Add((resource, isWrite));
        }
    }

    public void End()
    {
        foreach (var (resource, isWrite) in _touched)
        {
            if (resource < _names.Count)
            {
                Note(_names[resource], isWrite);
            }
        }

        inner.End();
    }

    private void Note((string? Name, bool IsVariable) resource, bool isWrite)
    {
        if (resource.Name is not { } name || _steps.Count == 0)
        {
            return;
        }

        var access = new Access(name, isWrite, resource.IsVariable);
        if (!_steps[^1].Accesses.Contains(access))
        {
            _steps[^1] = _steps[^1] with { Accesses = [.. _steps[^1].Accesses, access] };
        }
    }

    private (string? Name, bool IsVariable) NameOf(int resource, in DecisionPoint point)
    {
        while (_names.Count <= resource)
        {
            var next = point.ResourceOf(_names.Count);
            _names.Add((NameOf(next), next is string));
        }

        return _names[resource];
    }

    // "lock 'a' (acquired by task bob)": its state is another at every step. What has only the name of its type has none.
    private static string? NameOf(object resource)
    {
        if (resource as string is { } name)
        {
            return name;
        }

        var text = resource.ToString();
        return text is null || text == resource.GetType().ToString() ? null : text.Split(" (", 2)[0];
    }
}
