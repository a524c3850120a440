using System.Reflection;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;
using NUnit.Framework.Internal.Commands;

namespace Sim.Testing.FsCheck;

/// <summary>
/// Marks a property that is checked inside a simulation: FsCheck draws the arguments of the method and, for each sample of them,
/// some schedules; what fails is shrunk together. The method returns nothing, a bool, FsCheck's <c>Property</c>, or a task of one
/// of them; or a <see cref="IMachine"/>, whose operations are then checked for linearizability. Every run has a copy of the fixture
/// of its own and its own set-up and tear-down, inside of the simulation. Runs share the arguments: do not change them.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SimPropertyAttribute : PropertySettingsAttribute, ITestBuilder, IImplyFixture, IWrapSetUpTearDown
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

    /// <inheritdoc/>
    public TestCommand Wrap(TestCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var test = (TestMethod)command.Test;
        var ofClass = test.TypeInfo?.GetCustomAttributes<SimPropertiesAttribute>(inherit: true).FirstOrDefault();
        var options = ToOptions(ofClass) with { Replay = Replay, MustFail = MustFail };
        return new PropertyCommand(test, [.. ofClass?.Arbitrary ?? [], .. Arbitrary], options, ProjectFolder.Of(test.TypeInfo?.Assembly));
    }

    private TestMethod Build(IMethodInfo method, Test? suite)
    {
        // NUnit wants arguments and the promise of a result before it takes such a method; neither is used.
        var parameters = new TestCaseParameters(new object?[method.GetParameters().Length]) { TestName = method.Name };
        if (method.ReturnType.Type is { } type && type != typeof(void) && type != typeof(Task) && type != typeof(ValueTask))
        {
            parameters.ExpectedResult = null;
        }

        var test = _builder.BuildTestMethod(method, suite, parameters);
        if (WhyNot(method.MethodInfo) is { } reason)
        {
            test.RunState = RunState.NotRunnable;
            test.Properties.Set(PropertyNames.SkipReason, reason);
        }

        return test;
    }

    private static string? WhyNot(MethodInfo method)
    {
        var isMachine = typeof(IMachine).IsAssignableFrom(method.ReturnType);
        return isMachine && method.GetParameters().Length > 0
            ? $"{method.DeclaringType?.Name}.{method.Name} returns a machine, so it takes no parameters: the machine draws its data itself."
            : isMachine || Verdicts.Knows(method.ReturnType)
                ? null
                : $"{method.DeclaringType?.Name}.{method.Name} returns {method.ReturnType.Name}: "
                    + "a property returns nothing, bool, Property, a task of one of them, or a machine.";
    }
}
