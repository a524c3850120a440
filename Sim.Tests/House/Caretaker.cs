using NUnit.Framework;

namespace Sim.Tests;

/// <summary>How the tests of this folder say what they found.</summary>
internal static class Caretaker
{
    /// <summary>Fails with one finding a line, because who mends one wants to mend all.</summary>
    public static void FindsNothing(IEnumerable<Finding> findings)
    {
        var list = findings.ToList();
        Assert.That(list, Is.Empty, $"{list.Count} finding(s):\n{string.Join('\n', list)}\n");
    }

    /// <summary>A check of made-up input finds exactly one thing, and says it in words that contain these.</summary>
    public static void FindsOne(IEnumerable<Finding> findings, string words)
    {
        var list = findings.ToList();
        Assert.That(list, Has.Count.EqualTo(1), string.Join('\n', list));
        Assert.That(list[0].ToString(), Does.Contain(words));
    }
}
