using System.Reflection;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;
using NUnit.Framework.Internal.Commands;
using Sim.World;

namespace Sim.Testing.NUnit;

/// <summary>
/// Marks an async test method that runs inside a simulation: on virtual time, on one thread, under as many schedules as
/// <see cref="Runs"/> says. Every run has a copy of the fixture of its own and its own set-up and tear-down, inside of
/// the simulation. Takes parameters as <c>[Test]</c> does.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SimTestAttribute : NUnitAttribute, ISimpleTestBuilder, IImplyFixture, IWrapSetUpTearDown, IScenarioSource
{
    private readonly NUnitTestCaseBuilder _builder = new();

    /// <summary>
    /// How many schedules to try. The first is first in first out, the others are random. 1 is a plain unit test on virtual
    /// time.
    /// </summary>
    public int Runs { get; set; } = 1;

    /// <summary>The seed of the first run; the others count up from it. Seed 0 is first in, first out.</summary>
    public long Seed { get; set; }

    /// <summary>How many steps a run may take; 0 = the default of <see cref="SimulationOptions.StepLimit"/>.</summary>
    public long StepLimit { get; set; }

    /// <summary>For a test with a planted bug, a canary: why it must fail. It passes when the bug is found.</summary>
    public string? MustFail { get; set; }

    /// <inheritdoc/>
    public TestMethod BuildFrom(IMethodInfo method, Test? suite)
    {
        ArgumentNullException.ThrowIfNull(method);
        var test = _builder.BuildTestMethod(method, suite, null);
        if (!AsyncMethods.IsAsync(method.MethodInfo))
        {
            test.MakeInvalid(
                $"[SimTest] {method.Name} returns {method.ReturnType.Type.Name}: a simulated test is an async method that returns Task or ValueTask.");
        }

        return test;
    }

    /// <inheritdoc/>
    public TestCommand Wrap(TestCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return new CampaignCommand(command.Test, MakeScenario, new CampaignOptions { Runs = Runs, Seed = Seed });
    }

    /// <summary>The scenario that a test method without parameters stands for, for <c>sim</c>: on a new fixture each run.</summary>
    public Scenario MakeScenario(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var type = method.ReflectedType!;
        if (method.GetParameters().Length > 0 || (!method.IsStatic && type.GetConstructor(Type.EmptyTypes) is null))
        {
            throw new ScenarioException(
                $"[SimTest] {type.Name}.{method.Name} takes parameters, or its fixture does: only the test runner can run it.");
        }

        var name = $"{type.FullName}.{method.Name}";
        return Describe(name, new FixtureRun(type, method, [], () => method.IsStatic ? null : Activator.CreateInstance(type)).RunAsync);
    }

    private Scenario MakeScenario(TestExecutionContext context, Func<Func<Task>, Task> around)
    {
        var test = (TestMethod)context.CurrentTest;
        var fixture = new FixtureRun(test.Method!.TypeInfo.Type, test.Method.MethodInfo, test.Arguments, () => FixtureRun.Copy(context.TestObject));
        return Describe(test.FullName, () => around(fixture.RunAsync));
    }

    private Scenario Describe(string name, Func<Task> body)
    {
        var options = new SimulationOptions();
        return new Scenario(name, body)
        {
            MustFail = MustFail,
            TestFilter = $"FullyQualifiedName~{name.Split('(')[0]}",
            Options = StepLimit == 0 ? options : options with { StepLimit = StepLimit },
        };
    }
}
