using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;
using Sim.Testing.FsCheck;

namespace Sim.Tests;

/// <summary>Runs a method as a simulated property, without the runner, so that tests can look at the result it gets.</summary>
internal static class PropertyBench
{
    public const string Replay = "(20261129,20261129)";

    public static TestResult Run<TFixture>(string method, SimPropertyAttribute? attribute = null)
        where TFixture : new()
    {
        attribute ??= new SimPropertyAttribute { Replay = Replay };
        var test = attribute.BuildFrom(new MethodWrapper(typeof(TFixture), method), null).Single();
        var result = test.MakeTestResult();
        if (test.RunState == RunState.NotRunnable)
        {
            result.SetResult(ResultState.NotRunnable, (string)test.Properties.Get(PropertyNames.SkipReason)!);
            return result;
        }

        var context = new TestExecutionContext { CurrentTest = test, CurrentResult = result, TestObject = new TFixture() };
        return attribute.Wrap(new TestMethodCommand(test)).Execute(context);
    }
}
