using System.Reflection;

namespace Sim.Testing;

/// <summary>
/// The static state that a scenario can come to: what it is now, so that a run can be caught that leaves something behind for
/// the next. One thread at a time, while no run is made.
/// </summary>
internal sealed class StaticState
{
    private readonly IReadOnlyList<FieldInfo> _fields;

    /// <summary>The state of the code behind a scenario.</summary>
    public StaticState(MethodInfo code) => _fields = ReachableCode.StaticsOf(code);

    /// <summary>The state as it is.</summary>
    /// <param name="beforeAll">
    /// Whether no run was made yet: to look into a type that nobody has used would run its initialiser out of turn, so only those
    /// that have none are looked into.
    /// </param>
    public StaticSnapshot Take(bool beforeAll = false)
    {
        var snapshot = new StaticSnapshot();
        foreach (var field in _fields)
        {
            if (!beforeAll || field.DeclaringType!.TypeInitializer is null)
            {
                Add(snapshot, field);
            }
        }

        return snapshot;
    }

    private static void Add(StaticSnapshot snapshot, FieldInfo field)
    {
        try
        {
            snapshot.Add(field, field.GetValue(null));
        }
        catch (TypeInitializationException)
        {
            // A type that cannot be used has no state; whoever uses it is told by the runtime.
        }
    }
}
