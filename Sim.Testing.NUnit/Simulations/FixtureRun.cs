using System.Reflection;
using System.Runtime.ExceptionServices;
using NUnit.Framework;

namespace Sim.Testing.NUnit;

/// <summary>One call of a test body with the set-up and tear-down of its fixture, on a fixture of its own.</summary>
/// <param name="type">The fixture's type.</param>
/// <param name="body">The body, on a fixture; null for static methods.</param>
/// <param name="makeFixture">Makes the fixture for a run; null for static methods.</param>
public sealed class FixtureRun(Type type, Func<object?, Task> body, Func<object?> makeFixture)
{
    private readonly MethodInfo[] _setUps = Find<SetUpAttribute>(type, baseFirst: true);
    private readonly MethodInfo[] _tearDowns = Find<TearDownAttribute>(type, baseFirst: false);

    /// <summary>
    /// A copy of a fixture as its one-time set-up left it, so that what one run writes into its fields is not seen by the
    /// next. What the fields refer to is shared.
    /// </summary>
    public static object? Copy(object? fixture) =>
        fixture is null ? null : typeof(object).GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(fixture, null);

    /// <summary>The set-up, the body, and the tear-down whatever became of it. Throws what the first of them threw.</summary>
    public async Task RunAsync()
    {
        var fixture = makeFixture();
        Exception? first = null;
        try
        {
            foreach (var setUp in _setUps)
            {
                await CallAsync(setUp, fixture, []);
            }

            await body(fixture);
        }
        catch (Exception error)
        {
            first = error;
        }

        foreach (var tearDown in _tearDowns)
        {
            try
            {
                await CallAsync(tearDown, fixture, []);
            }
            catch (Exception error)
            {
                // The test's own failure stands; a tear-down that fails after it most likely fails because of it.
                first ??= error;
            }
        }

        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    private static async Task CallAsync(MethodInfo method, object? fixture, object?[] arguments)
    {
        if (AsyncMethods.IsAsync(method))
        {
            await AsyncMethods.Bind(method, fixture, arguments)();
            return;
        }

        method.Invoke(fixture, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    private static MethodInfo[] Find<TAttribute>(Type type, bool baseFirst)
        where TAttribute : Attribute
    {
        var levels = new List<Type>();
        for (var level = type; level is not null; level = level.BaseType)
        {
            levels.Add(level);
        }

        if (baseFirst)
        {
            levels.Reverse();
        }

        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        return [.. levels.SelectMany(level => level.GetMethods(Declared)).Where(static candidate => candidate.IsDefined(typeof(TAttribute), false))];
    }
}
