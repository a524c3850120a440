using NUnit.Framework.Interfaces;

namespace Sim.Testing.NUnit;

/// <summary>The test held, and a tear-down after it failed.</summary>
/// <param name="method">The name of the tear-down.</param>
/// <param name="inner">By what it failed.</param>
public sealed class TearDownException(string method, Exception inner) : FixtureException(
    $"The test itself held, and then the tear-down {method} failed.\n{Told(inner ?? throw new ArgumentNullException(nameof(inner)))}",
    inner,
    FailureSite.TearDown);
