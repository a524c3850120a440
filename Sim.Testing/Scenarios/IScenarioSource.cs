using System.Reflection;

namespace Sim.Testing;

/// <summary>Implemented by attributes that turn the method they stand on into a scenario.</summary>
public interface IScenarioSource
{
    /// <summary>The scenario that <paramref name="method"/> stands for.</summary>
    /// <exception cref="ScenarioException">The method cannot be one; the message says why.</exception>
    Scenario MakeScenario(MethodInfo method);
}
