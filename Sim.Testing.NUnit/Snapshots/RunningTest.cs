using System.Reflection;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Sim.Testing.NUnit;

/// <summary>The test that NUnit is running, as far as it names a snapshot.</summary>
/// <param name="Type">The fixture class that runs.</param>
/// <param name="Method">The test method.</param>
/// <param name="ParameterNames">Of the fixture's constructor, if it has arguments, then of the method.</param>
/// <param name="Arguments">Those of the fixture, then those of the test.</param>
internal sealed record RunningTest(Type Type, MethodInfo Method, IReadOnlyList<string> ParameterNames, IReadOnlyList<object?> Arguments)
{
    /// <summary>The prefix of the running test's snapshot files without any settings.</summary>
    public static string SnapshotPrefix() => SnapshotName.Of(Read(), new()).Verified;

    /// <summary>What NUnit runs in this flow of execution.</summary>
    /// <exception cref="InvalidOperationException">No test method is running.</exception>
    public static RunningTest Read()
    {
        // On a thread that it does not know, NUnit makes up a context with a test of its own.
        var context = TestExecutionContext.CurrentContext;
        var test = context.CurrentTest;
        if (context is TestExecutionContext.AdhocContext || test.Method is null)
        {
            throw new InvalidOperationException(
                "Verify was called outside a test method, so there is no name for the snapshot. "
                + "Call it from a method with [Test], not from a one-time set-up or from a thread that NUnit does not know.");
        }

        var type = test.Method.TypeInfo.Type;
        var method = test.Method.MethodInfo;
        var outer = FixtureOf(test)?.Arguments ?? [];
        var outerNames = outer.Length == 0 ? [] : ConstructorNames(type, outer.Length);
        var names = Names(method);
        return test.Arguments.Length <= names.Length
            ? new(type, method, [.. outerNames, .. names], [.. outer, .. test.Arguments])
            : throw new InvalidOperationException(
                $"{method.Name} got {test.Arguments.Length} arguments for {names.Length} parameters, so the snapshot has no sure name.");
    }

    /// <summary>Test cases of one method have a suite of their own between them and the fixture.</summary>
    private static ITest? FixtureOf(Test test) =>
        test.Parent is ParameterizedMethodSuite cases ? cases.Parent : test.Parent;

    private static string[] Names(MethodBase method) =>
        [.. method.GetParameters().Select(parameter => parameter.Name!)];

    private static string[] ConstructorNames(Type type, int count)
    {
        var fitting = type.GetConstructors().Where(constructor => constructor.GetParameters().Length == count).ToArray();
        return fitting.Length == 1 ? Names(fitting[0]) : throw new InvalidOperationException(
            $"{type.Name} has {fitting.Length} public constructors with {count} parameters, so the fixture's arguments have no sure names. "
            + "Give it exactly one with that many.");
    }
}
