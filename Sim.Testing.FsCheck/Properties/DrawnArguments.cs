using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>The arguments of a property method, as FsCheck draws and shrinks them.</summary>
internal sealed class DrawnArguments
{
    private readonly ParameterInfo[] _parameters;
    private readonly Arbitrary<object>[] _each;

    private DrawnArguments(ParameterInfo[] parameters, Arbitrary<object>[] each) => (_parameters, _each) = (parameters, each);

    /// <param name="method">The method.</param>
    /// <param name="arbitraries">Types that hold arbitraries, the later before the earlier.</param>
    /// <exception cref="ScenarioException">One of these types holds none, or a parameter cannot be drawn.</exception>
    public static DrawnArguments Of(MethodInfo method, IEnumerable<Type> arbitraries)
    {
        var map = new[] { typeof(ScheduleArbitraries), typeof(DelayArbitraries), typeof(FaultPlans), typeof(TimingPrograms) }
            .Aggregate(ArbMap.Default, static (map, own) => map.Merge(own));
        foreach (var type in arbitraries)
        {
            map = Try(() => map.Merge(type), $"Arbitrary names {type.Name}, which makes none: it takes a public type with public static "
                + "members that return Arbitrary<T>.");
        }

        var parameters = method.GetParameters();
        return new DrawnArguments(parameters, [.. parameters.Select(parameter => Try(
            () => map.ArbFor(parameter.ParameterType),
            $"FsCheck cannot draw the parameter {parameter.Name} of type {parameter.ParameterType.Name}: "
                + "set Arbitrary to a type that makes an arbitrary for it."))]);
    }

    /// <summary>Draws all of them.</summary>
    public Gen<object> Generator => Gen.CollectToArray(_each.Select(static one => one.Generator)).Select(static data => (object)data);

    /// <summary>Smaller ones: each differs in one argument.</summary>
    public IEnumerable<object> Shrink(object[] data)
    {
        for (var i = 0; i < data.Length; i++)
        {
            foreach (var smaller in _each[i].Shrinker(data[i]))
            {
                var changed = (object[])data.Clone();
                changed[i] = smaller;
                yield return changed;
            }
        }
    }

    /// <summary>Each in a line, with its name.</summary>
    public string Describe(object[] data) =>
        string.Join('\n', _parameters.Select((parameter, i) => $"{parameter.Name} = {ValueText.Of(data[i])}"));

    // FsCheck throws a bare Exception.
    private static T Try<T>(Func<T> ask, string why)
    {
        try
        {
            return ask();
        }
        catch (Exception error) when (error is not ScenarioException)
        {
            throw new ScenarioException(why, error);
        }
    }
}
