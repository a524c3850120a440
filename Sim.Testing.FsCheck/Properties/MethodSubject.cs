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
    public static Subject Of(TestExecutionContext context, IEnumerable<Type> arbitraries, RunIsolation isolation)
    {
        var test = (TestMethod)context.CurrentTest;
        var (type, method) = (test.Method!.TypeInfo.Type, test.Method.MethodInfo);
        var fixtures = FixtureSource.Of(context);
        if (typeof(IMachine).IsAssignableFrom(method.ReturnType))
        {
            var machine = (IMachine)method.Invoke(fixtures.Make(), BindingFlags.DoNotWrapExceptions, null, [], null)!;
            var machineSubject = machine.ToSubject(test.FullName);
            return machineSubject with
            {
                Body = data => isolation.RunAsync(new FixtureRun(type, _ => machineSubject.Body(data), fixtures).RunAsync),
            };
        }

        var parameters = method.GetParameters();
        var map = new[] { typeof(ScheduleArbitraries), typeof(DelayArbitraries), typeof(FaultPlans), typeof(TimingPrograms) }
            .Concat(arbitraries).Aggregate(ArbMap.Default, static (map, arbitrary) => map.Merge(arbitrary));
        var each = parameters.Select(parameter => map.ArbFor(parameter.ParameterType)).ToArray();
        return new Subject(
            test.FullName,
            Gen.CollectToArray(each.Select(static arbitrary => arbitrary.Generator)).Select(static data => (object)data),
            data => Shrink((object[])data, each),
            data => isolation.RunAsync(new FixtureRun(type, fixture => CallAsync(method, fixture, (object[])data), fixtures).RunAsync),
            data => string.Join('\n', parameters.Select((parameter, i) => $"{parameter.Name} = {ValueText.Of(((object[])data)[i])}")));
    }

    private static async Task CallAsync(MethodInfo method, object? fixture, object[] arguments) =>
        await Verdicts.TakeAsync(method.Invoke(fixture, BindingFlags.DoNotWrapExceptions, null, arguments, null));

    private static IEnumerable<object> Shrink(object[] data, Arbitrary<object>[] each)
    {
        for (var i = 0; i < data.Length; i++)
        {
            foreach (var smaller in each[i].Shrinker(data[i]))
            {
                var changed = (object[])data.Clone();
                changed[i] = smaller;
                yield return changed;
            }
        }
    }
}
