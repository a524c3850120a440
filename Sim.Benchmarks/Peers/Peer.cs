namespace Sim.Benchmarks;

/// <summary>Somebody who does the same work, each row of it in a process of its own.</summary>
/// <param name="Name">The head of its column.</param>
internal abstract class Peer(string name)
{
    public string Name { get; } = name;

    /// <summary>What it is, and what it does differently.</summary>
    public required string About { get; init; }

    /// <summary>Why it cannot be measured here, and what to do about it; null if it can.</summary>
    public virtual string? Missing => null;

    /// <summary>Whether it can do this work.</summary>
    public abstract bool Has(string row);

    /// <summary>Measures it in a new process.</summary>
    public abstract Measurement Measure(string row);
}
