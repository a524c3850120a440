using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;
using NUnit.Framework.Internal.Commands;
using Sim.Testing.NUnit;

namespace Sim.Tests;

/// <summary>Runs a method as a simulated test, without the runner, so that tests can look at the result it gets.</summary>
internal static class Bench
{
    public static TestResult Run<TFixture>(string method, SimTestAttribute? attribute = null)
        where TFixture : new() => Run(new TFixture(), method, attribute ?? new SimTestAttribute());

    public static TestResult Run(object fixture, string method, SimTestAttribute attribute) =>
        Run(fixture, attribute.BuildFrom(new MethodWrapper(fixture.GetType(), method), null), attribute);

    public static TestResult RunCase<TFixture>(string method, TestCaseParameters data)
        where TFixture : new()
    {
        var test = new NUnitTestCaseBuilder().BuildTestMethod(new MethodWrapper(typeof(TFixture), method), null, data);
        return Run(new TFixture(), test, new SimTestAttribute());
    }

    private static TestResult Run(object fixture, TestMethod test, SimTestAttribute attribute)
    {
        var result = test.MakeTestResult();
        if (test.RunState == RunState.NotRunnable)
        {
            result.SetResult(ResultState.NotRunnable, ReasonOf(test));
            return result;
        }

        var context = new TestExecutionContext { CurrentTest = test, CurrentResult = result, TestObject = fixture };
        var command = attribute.Wrap(new TestMethodCommand(test));
        ExecutionContext.Run(
            ExecutionContext.Capture()!,
            _ =>
            {
                context.EstablishExecutionEnvironment();
                command.Execute(context);
            },
            null);
        return result;
    }

    /// <summary>The test or the suite of cases that the attributes on a method make.</summary>
    public static Test Build(Type fixture, string method) =>
        new DefaultTestCaseBuilder().BuildFrom(new MethodWrapper(fixture, method), null);

    /// <summary>Why a test cannot be run.</summary>
    public static string ReasonOf(Test test) => (string)test.Properties.Get(PropertyNames.SkipReason)!;
}
