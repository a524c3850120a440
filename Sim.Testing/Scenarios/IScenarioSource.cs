using System.Reflection;

namespace Sim.Testing;

/// <summary>Implemented by attributes that turn the method they stand on into a scenario.</summary>
public interface IScenarioSource
{
    /// <summary>
    /// The scenario that <paramref name="method"/> stands for; null when only a test runner can run it, because it takes
    /// parameters or a prepared fixture.
    /// </summary>
    /// <exception cref="ScenarioException">The method cannot be one; the message says why.</exception>
    Scenario? MakeScenario(MethodInfo method);
}
