namespace Sim.World;

/// <summary>What a step does to a resource that others may use too.</summary>
/// <param name="Resource">Its name: of a variable as it was announced, of a lock or queue as in messages.</param>
/// <param name="IsWrite">Whether it is changed.</param>
public readonly record struct Access(string Resource, bool IsWrite);
