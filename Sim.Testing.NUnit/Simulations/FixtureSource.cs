using System.Reflection;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Sim.Testing.NUnit;

/// <summary>
/// Gives every run of a test a fixture of its own: a new one, or, where a one-time set-up has prepared it, a copy of that one as
/// it was left. What the fields of a copy refer to is shared.
/// </summary>
public sealed class FixtureSource
{
    private readonly Func<object?> _make;
    private readonly bool _owns;

    private FixtureSource(Func<object?> make, bool owns) => (_make, _owns) = (make, owns);

    /// <summary>Without NUnit's runner: new fixtures by the constructor without parameters; none for static methods.</summary>
    public static FixtureSource Of(Type type, bool isStatic) =>
        isStatic ? new(static () => null, owns: false) : new(() => Activator.CreateInstance(type), owns: true);

    /// <summary>For the test that NUnit runs.</summary>
    /// <param name="context">Its context, at the time when NUnit would call it.</param>
    public static FixtureSource Of(TestExecutionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.CurrentTest.Method!.MethodInfo.IsStatic || context.TestObject is not { } prepared)
        {
            return new(static () => null, owns: false);
        }

        var type = prepared.GetType();
        var arguments = ArgumentsOf(context.CurrentTest);
        return IsPrepared(type)
            ? new(() => Copy(prepared), owns: false)
            : new(() => new TypeWrapper(type).Construct(arguments), owns: true);
    }

    /// <summary>Whether a type has a one-time set-up: then there is one fixture, and it is what that has made of it.</summary>
    internal static bool IsPrepared(Type type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            const BindingFlags Declared =
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
            if (level.GetMethods(Declared).Any(static method => method.IsDefined(typeof(OneTimeSetUpAttribute), false)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The fixture of the next run; null for a static method.</summary>
    public object? Make() => _make();

    /// <summary>Disposes a fixture, if this has made it anew: a copy is NUnit's to dispose.</summary>
    public ValueTask DisposeAsync(object? fixture)
    {
        switch (fixture)
        {
            case IAsyncDisposable async when _owns:
                return async.DisposeAsync();
            case IDisposable disposable when _owns:
                disposable.Dispose();
                break;
        }

        return ValueTask.CompletedTask;
    }

    private static object?[] ArgumentsOf(Test test)
    {
        for (var suite = test.Parent; suite is not null; suite = suite.Parent)
        {
            if (suite is TestFixture)
            {
                return suite.Arguments;
            }
        }

        return [];
    }

    private static object Copy(object fixture) =>
        typeof(object).GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(fixture, null)!;
}
