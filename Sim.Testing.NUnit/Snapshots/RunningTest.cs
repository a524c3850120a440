using System.Reflection;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Sim.Testing.NUnit;

/// <summary>The test that NUnit is running, as far as it names a snapshot.</summary>
internal static class RunningTest
{
    /// <summary>The prefix of the running test's snapshot files.</summary>
    /// <exception cref="InvalidOperationException">No test method is running.</exception>
    public static string SnapshotPrefix()
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
        var own = Pair(ParameterNames(method), test.Arguments, method.Name);
        var fixtureArguments = FixtureOf(test)?.Arguments ?? [];
        var outer = fixtureArguments.Length == 0 ? [] : Pair(ConstructorNames(type, fixtureArguments.Length), fixtureArguments, type.Name);
        return SnapshotName.Prefix(type, method.Name, [.. outer, .. own]);
    }

    /// <summary>Test cases of one method have a suite of their own between them and the fixture.</summary>
    private static ITest? FixtureOf(Test test) =>
        test.Parent is ParameterizedMethodSuite cases ? cases.Parent : test.Parent;

    private static string[] ParameterNames(MethodBase method) =>
        [.. method.GetParameters().Select(parameter => parameter.Name!)];

    private static string[] ConstructorNames(Type type, int count)
    {
        var fitting = type.GetConstructors().Where(constructor => constructor.GetParameters().Length == count).ToArray();
        return fitting.Length == 1 ? ParameterNames(fitting[0]) : throw new InvalidOperationException(
            $"{type.Name} has {fitting.Length} public constructors with {count} parameters, so the fixture's arguments have no sure names. "
            + "Give it exactly one with that many.");
    }

    private static IEnumerable<KeyValuePair<string, object?>> Pair(string[] names, object?[] values, string where) =>
        values.Length <= names.Length
            ? names.Zip(values, KeyValuePair.Create)
            : throw new InvalidOperationException(
                $"{where} got {values.Length} arguments for {names.Length} parameters, so the snapshot has no sure name.");
}
