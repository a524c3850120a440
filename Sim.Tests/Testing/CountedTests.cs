using NUnit.Framework;
using Sim.Testing;

namespace Sim.Tests;

public class CountedTests
{
    [TestCase(1, "1st")]
    [TestCase(2, "2nd")]
    [TestCase(3, "3rd")]
    [TestCase(4, "4th")]
    [TestCase(11, "11th")]
    [TestCase(13, "13th")]
    [TestCase(21, "21st")]
    [TestCase(100, "100th")]
    [TestCase(112, "112th")]
    [TestCase(123, "123rd")]
    public void Ordinals_HaveTheirEndings(int number, string words) => Assert.That(Counted.Nth(number), Is.EqualTo(words));
}
