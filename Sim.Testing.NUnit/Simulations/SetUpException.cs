using NUnit.Framework.Interfaces;

namespace Sim.Testing.NUnit;

/// <summary>A set-up of a simulated test failed, so that the test itself did not begin.</summary>
/// <param name="method">The name of the set-up.</param>
/// <param name="inner">By what it failed.</param>
public sealed class SetUpException(string method, Exception inner) : FixtureException(
    $"The set-up {method} failed, and the test did not begin.\n{Told(inner ?? throw new ArgumentNullException(nameof(inner)))}",
    inner,
    FailureSite.SetUp);
