namespace Sim.Testing;

/// <summary>
/// Pins a run that failed once as a regression: it is made first, each time the scenario is explored, and must hold. Stands
/// beside <c>[SimTest]</c> or <c>[Scenario]</c>, as often as needed.
/// </summary>
/// <param name="line">The replay line, as a failure prints it.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class SimReplayAttribute(string line) : Attribute
{
    /// <summary>The replay line.</summary>
    public string Line { get; } = line ?? throw new ArgumentNullException(nameof(line));

    /// <summary>What the run has shown: told when it fails again.</summary>
    public string? Because { get; set; }
}
