using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;
using NUnit.Framework.Internal.Commands;

namespace Sim.Testing.NUnit;

/// <summary>
/// Makes one test of each <c>[Scenario]</c> of another assembly. Stands on a method with one parameter of type
/// <see cref="Scenario"/>, whose body is not run.
/// </summary>
/// <param name="type">Any type of the assembly.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScenariosOfAttribute(Type type) : NUnitAttribute, ITestBuilder, IImplyFixture, IWrapSetUpTearDown
{
    private readonly NUnitTestCaseBuilder _builder = new();

    /// <summary>A type of the assembly whose scenarios are run.</summary>
    public Type Type { get; } = type;

    /// <summary>How many schedules to try for each scenario.</summary>
    public int Runs { get; set; } = 200;

    /// <summary>The seed of the first run.</summary>
    public long Seed { get; set; }

    /// <inheritdoc/>
    public IEnumerable<TestMethod> BuildFrom(IMethodInfo method, Test? suite)
    {
        foreach (var scenario in ScenarioCatalog.In(Type.Assembly))
        {
            yield return _builder.BuildTestMethod(method, suite, new TestCaseParameters([scenario]) { TestName = scenario.Name });
        }
    }

    /// <inheritdoc/>
    public TestCommand Wrap(TestCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return new CampaignCommand(
            command.Test, MakeScenario, new CampaignOptions { Runs = Runs, Seed = Seed }, ProjectFolder.Of(Type.Assembly));
    }

    private static Scenario MakeScenario(TestExecutionContext context, Func<Func<Task>, Task> around)
    {
        var scenario = (Scenario)((TestMethod)context.CurrentTest).Arguments[0]!;
        var body = scenario.Body;
        return scenario with { Body = () => around(body) };
    }
}
