namespace Sim.Testing;

/// <summary>One named demand of a contract: a test of any framework can run it.</summary>
/// <param name="Name">What is demanded, as a sentence.</param>
/// <param name="Run">
/// Tries it on a fresh instance; throws <see cref="ContractViolationException"/> if the demand is not met. Blocks the
/// caller until done.
/// </param>
public sealed record ContractCase(string Name, Action Run)
{
    /// <summary>The name: what test runners show.</summary>
    public override string ToString() => Name;
}
