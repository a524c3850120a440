using System.Reflection;
using NUnit.Framework;

namespace Sim.Testing.NUnit;

/// <summary>What one class of a fixture's line of inheritance says of set-up and tear-down.</summary>
/// <param name="SetUps">Its set-ups.</param>
/// <param name="TearDowns">Its tear-downs.</param>
internal sealed record FixtureLevel(IReadOnlyList<MethodInfo> SetUps, IReadOnlyList<MethodInfo> TearDowns)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The levels of a type, the base first: set up in this order, torn down in the other.</summary>
    public static FixtureLevel[] Of(Type type)
    {
        var levels = new List<FixtureLevel>();
        for (var level = type; level is not null; level = level.BaseType)
        {
            levels.Insert(0, new FixtureLevel(In<SetUpAttribute>(level), In<TearDownAttribute>(level)));
        }

        return [.. levels];
    }

    private static MethodInfo[] In<TAttribute>(Type level)
        where TAttribute : Attribute =>
        [.. level.GetMethods(Declared).Where(static method => method.IsDefined(typeof(TAttribute), false))];
}
