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
    /// How many schedules to try. The first is first in first out, the others are those of <see cref="Strategy"/>. 1 is a plain
    /// unit test on virtual time.
    /// </summary>
    public int Runs { get; set; } = 1;

    /// <summary>The strategy that decides, by a name that <see cref="StrategyFamilies.Parse"/> knows.</summary>
    public string Strategy { get; set; } = StrategyFamilies.Portfolio.Name;

    /// <summary>The seed of the first run; the others count up from it. Seed 0 is first in, first out.</summary>
    public long Seed { get; set; }

    /// <summary>How many steps a run may take; 0 = the default of <see cref="SimulationOptions.StepLimit"/>.</summary>
    public long StepLimit { get; set; }

    /// <summary>Whether work takes no time in any schedule. See <see cref="SimulationOptions.InstantWork"/>.</summary>
    public bool InstantWork { get; set; }

    /// <summary>Whether a run fails that leaves tasks behind. See <see cref="SimulationOptions.LeakedTasksFail"/>.</summary>
    public bool LeakedTasksFail { get; set; }

    /// <summary>For a test with a planted bug, a canary: why it must fail. It passes when the bug is found.</summary>
    public string? MustFail { get; set; }

    /// <inheritdoc/>
    public TestMethod BuildFrom(IMethodInfo method, Test? suite)
    {
        ArgumentNullException.ThrowIfNull(method);
        var test = _builder.BuildTestMethod(method, suite, null);
        if (!AsyncMethods.IsAsync(method.MethodInfo))
        {
            // In place of NUnit's own reason, which does not know what a simulated test is.
            test.RunState = RunState.NotRunnable;
            test.Properties.Set(PropertyNames.SkipReason, AsyncMethods.WhyNotAsync(method.MethodInfo));
        }

        return test;
    }

    /// <inheritdoc/>
    public TestCommand Wrap(TestCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var options = new CampaignOptions { Runs = Runs, Seed = Seed, Strategy = StrategyFamilies.Parse(Strategy) };
        return new CampaignCommand(command.Test, MakeScenario, options, ProjectFolder.Of(command.Test.TypeInfo?.Assembly));
    }

    /// <summary>The scenario that a test method stands for, for <c>sim</c>: on a new fixture each run.</summary>
    /// <exception cref="ScenarioException">The method or its fixture needs what only the test runner prepares.</exception>
    public Scenario MakeScenario(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var type = method.ReflectedType!;
        if (!IsListed(type, method))
        {
            throw new ScenarioException(
                $"[SimTest] {type.Name}.{method.Name} takes parameters, or its fixture does or has a one-time set-up: only the test runner can run it.");
        }

        var fixture = new FixtureRun(type, method, [], () => method.IsStatic ? null : Activator.CreateInstance(type));
        return Describe($"{type.FullName}.{method.Name}", method, fixture.RunAsync, listed: true);
    }

    private static bool IsListed(Type type, MethodInfo method) =>
        method.GetParameters().Length == 0
        && AsyncMethods.IsAsync(method)
        && !type.ContainsGenericParameters
        && (method.IsStatic || type.GetConstructor(Type.EmptyTypes) is not null)
        && !type.GetMethods().Any(static other => other.IsDefined(typeof(OneTimeSetUpAttribute), inherit: true));

    private Scenario MakeScenario(TestExecutionContext context, Func<Func<Task>, Task> around)
    {
        var test = (TestMethod)context.CurrentTest;
        var fixture = new FixtureRun(test.Method!.TypeInfo.Type, test.Method.MethodInfo, test.Arguments, () => FixtureRun.Copy(context.TestObject));
        var listed = IsListed(test.Method.TypeInfo.Type, test.Method.MethodInfo);
        return Describe(test.FullName, test.Method.MethodInfo, () => around(fixture.RunAsync), listed);
    }

    private Scenario Describe(string name, MethodInfo code, Func<Task> body, bool listed)
    {
        var options = new SimulationOptions { InstantWork = InstantWork, LeakedTasksFail = LeakedTasksFail };
        return new Scenario(name, body)
        {
            MustFail = MustFail,
            Code = code,
            IsListed = listed,
            TestFilter = name.Contains('(', StringComparison.Ordinal) ? $"FullyQualifiedName~{name.Split('(')[0]}(" : $"FullyQualifiedName={name}",
            Options = StepLimit == 0 ? options : options with { StepLimit = StepLimit },
        };
    }
}
