using NUnit.Framework;
using Sim.Testing;

namespace Sim.Tests;

public class FilterTextTests
{
    [TestCase("Shop.CartTests.Total", "FullyQualifiedName=Shop.CartTests.Total")]
    [TestCase("Shop.CartTests+Inner.Total", "FullyQualifiedName=Shop.CartTests+Inner.Total")]
    [TestCase("Shop.CartTests(1).Total", """
        "FullyQualifiedName=Shop.CartTests\(1\).Total"
        """)]
    [TestCase("Shop.CartTests<Int32>.Total", """
        "FullyQualifiedName=Shop.CartTests<Int32>.Total"
        """)]
    [TestCase("Shop.CartTests.Total(1,\"a\")", """
        "FullyQualifiedName~Shop.CartTests.Total\(1,"
        """)]
    [TestCase("Shop.CartTests.Total(\"a\")", "FullyQualifiedName~Shop.CartTests.Total")]
    [TestCase("Shop.CartTests.the second", "FullyQualifiedName~Shop.CartTests.the")]
    public void Filter_IsAWordForAShell(string name, string filter) => Assert.That(FilterText.Of(name), Is.EqualTo(filter));
}
