namespace Sim.World;

/// <summary>What a step does to a resource that others may use too.</summary>
/// <param name="Resource">Its name: of a variable as it was announced, of a lock or queue as in messages.</param>
/// <param name="IsWrite">Whether it is changed.</param>
/// <param name="IsVariable">Whether it was announced by its name; otherwise it is an object.</param>
public readonly record struct Access(string Resource, bool IsWrite, bool IsVariable)
{
    /// <summary>As in <c>writes balance</c>, <c>uses lock 'gate'</c>.</summary>
    public override string ToString() => $"{(!IsVariable ? "uses" : IsWrite ? "writes" : "reads")} {Resource}";
}
