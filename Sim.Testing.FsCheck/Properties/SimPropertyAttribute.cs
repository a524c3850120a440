using System.Reflection;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;
using NUnit.Framework.Internal.Commands;
using Sim.Testing.NUnit;

namespace Sim.Testing.FsCheck;

/// <summary>
/// Marks a property that is checked inside a simulation: FsCheck draws the arguments of the method and, for each sample of them,
/// some schedules; what fails is shrunk together. The method returns nothing, a bool, FsCheck's <c>Property</c>, or a task of one
/// of them; or a <see cref="IMachine"/>, whose operations are then checked for linearizability. Every run has a copy of the fixture
/// of its own and its own set-up and tear-down, inside of the simulation. Runs share the arguments: do not change them.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SimPropertyAttribute : PropertySettingsAttribute, ITestBuilder, IApplyToTest, IImplyFixture, IWrapSetUpTearDown
{
    private readonly NUnitTestCaseBuilder _builder = new();

    /// <summary>FsCheck's own replay string, as a failure prints it: <c>(seed,gamma,size)</c>.</summary>
    public string? Replay { get; set; }

    /// <summary>For a property with a planted bug, a canary: why it must fail. It passes when the bug is found.</summary>
    public string? MustFail { get; set; }

    /// <inheritdoc/>
    public IEnumerable<TestMethod> BuildFrom(IMethodInfo method, Test? suite)
    {
        ArgumentNullException.ThrowIfNull(method);
        return [Build(method, suite)]; // a builder of cases: NUnit's analyzers refuse parameters of any other (NUnit1027)
    }

    /// <summary>Makes a test that cannot be a property not runnable, with the reason.</summary>
    public void ApplyToTest(Test test)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (test is TestMethod && PropertyChecks.WhyNot(test, this) is { } reason)
        {
            SimulatedTestChecks.Refuse(test, reason);
        }
    }

    /// <inheritdoc/>
    public TestCommand Wrap(TestCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var test = (TestMethod)command.Test;
        var fixture = test.TypeInfo!.Type;
        return new PropertyCommand(test, ArbitrariesOn(fixture), OptionsOn(fixture), ProjectFolder.Of(fixture.Assembly));
    }

    /// <summary>All that is set for the property.</summary>
    /// <exception cref="ScenarioException">A value makes no sense; the message names it.</exception>
    internal PropertyOptions OptionsOn(Type fixture) => ToOptions(fixture) with { Replay = Replay, MustFail = MustFail };

    private TestMethod Build(IMethodInfo method, Test? suite)
    {
        // NUnit wants arguments and the promise of a result before it takes such a method; neither is used.
        var parameters = new TestCaseParameters(new object?[method.GetParameters().Length]) { TestName = method.Name };
        if (method.ReturnType.Type is { } type && type != typeof(void) && type != typeof(Task) && type != typeof(ValueTask))
        {
            parameters.ExpectedResult = null;
        }

        var test = _builder.BuildTestMethod(method, suite, parameters);
        ApplyToTest(test);
        return test;
    }
}
