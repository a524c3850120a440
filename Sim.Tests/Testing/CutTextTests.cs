using NUnit.Framework;
using Sim.Testing;

namespace Sim.Tests;

public class CutTextTests
{
    [TestCase("abcd", 4, "abcd")]
    [TestCase("abcde", 4, "abc…")]
    [TestCase("ab cde", 4, "ab…")]
    [TestCase("ab\U0001F600\U0001F600", 4, "ab…", Description = "no half of a pair is left")]
    [TestCase("\U0001F600\U0001F600\U0001F600", 5, "\U0001F600\U0001F600…")]
    public void Cuts_BetweenCharacters(string text, int length, string expected) =>
        Assert.That(CutText.To(length, text), Is.EqualTo(expected));
}
