using System.Reflection;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;
using NUnit.Framework.Internal.Commands;

namespace Sim.Testing.NUnit;

/// <summary>
/// Marks an async test method that runs inside a simulation: on virtual time, on one thread, under as many schedules as
/// <see cref="SimTestSettingsAttribute.Runs"/> says. Every run has a fixture of its own and its own set-up and tear-down, inside
/// of the simulation. Takes parameters as <c>[Test]</c> does; each case is a test of its own.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SimTestAttribute
    : SimTestSettingsAttribute, ISimpleTestBuilder, IApplyToTest, IImplyFixture, IWrapSetUpTearDown, IScenarioSource
{
    private readonly NUnitTestCaseBuilder _builder = new();

    /// <summary>For a test with a planted bug, a canary: why it must fail. It passes when the bug is found.</summary>
    public string? MustFail { get; set; }

    /// <summary>Asked whether somebody looks on while the test runs.</summary>
    internal IDebuggerPort DebuggerPort { get; init; } = SystemDebugger.Instance;

    /// <inheritdoc/>
    public TestMethod BuildFrom(IMethodInfo method, Test? suite)
    {
        ArgumentNullException.ThrowIfNull(method);
        var test = _builder.BuildTestMethod(method, suite, null);
        ApplyToTest(test);
        return test;
    }

    /// <summary>Makes a test that cannot be simulated not runnable, with the reason.</summary>
    public void ApplyToTest(Test test)
    {
        ArgumentNullException.ThrowIfNull(test);
        SimTestChecks.Apply(test, this);
    }

    /// <inheritdoc/>
    public TestCommand Wrap(TestCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var type = command.Test.TypeInfo!.Type;
        var options = Settings.Under(type).ToCampaignOptions(type.Assembly);
        return new CampaignCommand(command.Test, MakeScenario, options, ProjectFolder.Of(type.Assembly)) { DebuggerPort = DebuggerPort };
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
                $"[SimTest] {type.Name}.{method.Name} takes parameters, or its fixture does or has a one-time set-up: "
                + "only the test runner can run it.");
        }

        var test = _builder.BuildTestMethod(new MethodWrapper(type, method), null, null);
        var fixture = new FixtureRun(type, BodyOf(method, []), FixtureSource.Of(type, method.IsStatic));
        var isolation = new RunIsolation(test);
        return Describe($"{type.FullName}.{method.Name}", type, method, () => isolation.RunAsync(fixture.RunAsync), listed: true);
    }

    private static bool IsListed(Type type, MethodInfo method) =>
        method.GetParameters().Length == 0
        && AsyncMethods.IsAsync(method)
        && !type.ContainsGenericParameters
        && (method.IsStatic || type.GetConstructor(Type.EmptyTypes) is not null)
        && !FixtureSource.IsPrepared(type);

    private static Func<object?, Task> BodyOf(MethodInfo method, object?[] arguments) =>
        fixture => AsyncMethods.Bind(method, fixture, arguments)();

    private Scenario MakeScenario(TestExecutionContext context, Func<Func<Task>, Task> around)
    {
        var test = (TestMethod)context.CurrentTest;
        var (type, method) = (test.Method!.TypeInfo.Type, test.Method.MethodInfo);
        var body = BodyOf(method, test.Arguments);
        var checkedBody = ExpectedResult.Of(test) is { } expected ? expected.CheckAfter(body) : body;
        var fixture = new FixtureRun(type, checkedBody, FixtureSource.Of(context));
        return Describe(test.FullName, type, method, () => around(fixture.RunAsync), IsListed(type, method));
    }

    private Scenario Describe(string name, Type type, MethodInfo code, Func<Task> body, bool listed) => new(name, body)
    {
        MustFail = MustFail,
        Code = code,
        IsListed = listed,
        TestFilter = FilterText.Of(name),
        Pinned = [.. PinnedRun.On(code).Where(pin => ReplayLine.Parse(pin.Line).Scenario.Equals(name, StringComparison.Ordinal))],
        Options = Settings.Under(type).Run.ToSimulationOptions(),
    };
}
