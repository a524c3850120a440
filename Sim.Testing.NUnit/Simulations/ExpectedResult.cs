using System.Reflection;
using NUnit.Framework;
using NUnit.Framework.Internal;

namespace Sim.Testing.NUnit;

/// <summary>What a case says that its test returns (<c>ExpectedResult</c>).</summary>
/// <param name="Value">The value.</param>
internal sealed record ExpectedResult(object? Value)
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    /// <summary>Null if the test expects none.</summary>
    public static ExpectedResult? Of(TestMethod test) =>
        Read<bool>(test, "HasExpectedResult") ? new ExpectedResult(Read<object?>(test, "ExpectedResult")) : null;

    /// <summary>A body that checks, in the end, what the given one returns.</summary>
    public Func<object?, Task> CheckAfter(Func<object?, Task> body) => async fixture =>
    {
        var call = body(fixture);
        await call;
        var returned = Read<object?>(call, nameof(Task<>.Result));
        Assert.That(
            returned, Is.EqualTo(Value), "The test returns something else than its case expects.", nameof(returned), "ExpectedResult");
    };

    // NUnit keeps it to itself, and so it is asked by name.
    private static T Read<T>(object from, string name) => (T)from.GetType().GetProperty(name, Own)!.GetValue(from)!;
}
