using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework.Internal;
using Sim.Testing.NUnit;
using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>Makes a subject of a test method: its arguments are the data, and its body is run on a fixture of its own.</summary>
internal static class MethodSubject
{
    /// <param name="context">The test that runs.</param>
    /// <param name="arbitraries">Types that hold arbitraries, the later before the earlier.</param>
    /// <param name="isolation">Around each run.</param>
    /// <exception cref="ScenarioException">The method makes no property.</exception>
    public static Subject Of(TestExecutionContext context, IEnumerable<Type> arbitraries, RunIsolation isolation)
    {
        var test = (TestMethod)context.CurrentTest;
        var (type, method) = (test.Method!.TypeInfo.Type, test.Method.MethodInfo);
        var fixtures = FixtureSource.Of(context);
        if (typeof(IMachine).IsAssignableFrom(method.ReturnType))
        {
            var machine = (IMachine?)method.Invoke(fixtures.Make(), BindingFlags.DoNotWrapExceptions, null, [], null)
                ?? throw new ScenarioException($"{test.FullName} returns null in place of a machine.");
            var machineSubject = machine.ToSubject(test.FullName);
            return machineSubject with
            {
                Body = data => isolation.RunAsync(new FixtureRun(type, _ => machineSubject.Body(data), fixtures).RunAsync),
            };
        }

        var arguments = DrawnArguments.Of(method, arbitraries);
        return new Subject(
            test.FullName,
            arguments.Generator,
            data => arguments.Shrink((object[])data),
            data => isolation.RunAsync(new FixtureRun(type, fixture => CallAsync(method, fixture, (object[])data), fixtures).RunAsync),
            data => arguments.Describe((object[])data));
    }

    private static async Task CallAsync(MethodInfo method, object? fixture, object[] arguments) =>
        await Verdicts.TakeAsync(method.Invoke(fixture, BindingFlags.DoNotWrapExceptions, null, arguments, null));
}
