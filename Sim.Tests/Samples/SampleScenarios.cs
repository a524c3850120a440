using NUnit.Framework;
using Samples;
using Sim.Testing;
using Sim.Testing.NUnit;

namespace Sim.Tests;

/// <summary>The scenarios of the samples as tests: here the replay lines that <c>sim fuzz Samples</c> prints are at home.</summary>
[TestFixture]
public sealed class SampleScenarios
{
    [ScenariosOf(typeof(AccountStory), Runs = 200)]
    public void Scenario(Scenario scenario) =>
        Assert.Fail($"The body of {scenario} is its own: this one is never run.");
}
