using NUnit.Framework;

namespace Sim.Tests;

/// <summary>What the checks take for code.</summary>
public class CodeTextTests
{
    [TestCase("a // x\nb", "a \nb")]
    [TestCase("a /* x\ny */ b", "a \nb")]
    [TestCase("f(\"x\", y)", "f(\"\",y)")]
    [TestCase("f(\"a\\\"x\", y)", "f(\"\",y)")]
    [TestCase("f(@\"a\\\", y)", "f(\"\",y)")]
    [TestCase("f(@\"a\"\"x\", y)", "f(\"\",y)")]
    [TestCase("f('\"', y)", "f('',y)")]
    [TestCase("f('\\'', y)", "f('',y)")]
    [TestCase("f($\"x {hole} y\")", "f(\"hole\")")]
    [TestCase("f($\"x {{no}} {g(\"z\")} y\")", "f(\"g(\"\")\")")]
    [TestCase("f($\"{new { A = 1 }}\")", "f(\"new{A=1}\")")]
    [TestCase("f($@\"\\{hole}\\\")", "f(\"hole\")")]
    [TestCase("f(\"\"\"x \"y\" z\"\"\", a)", "f(\"\",a)")]
    [TestCase("f($$\"\"\"{no} {{hole}}\"\"\", a)", "f(\"hole\",a)")]
    [TestCase("f(\"\", y)", "f(\"\",y)")]
    [TestCase("#region Some words\na", "\na")]
    [TestCase("@class.b", "@class.b")]
    public void OnlyCode_IsKept(string text, string code) =>
        Assert.That(CodeText.Strip(text).Replace(" ", "", StringComparison.Ordinal), Is.EqualTo(code.Replace(" ", "", StringComparison.Ordinal)));

    [Test]
    public void OffsetsAndLines_Stay()
    {
        foreach (var file in SourceTree.Repository.CSharp)
        {
            Assert.That(file.Code, Has.Length.EqualTo(file.Text.Length), file.Path);
            Assert.That(file.Code.Count(c => c == '\n'), Is.EqualTo(file.Text.Count(c => c == '\n')), file.Path);
        }
    }

    [Test]
    public void BracesInCode_AreBalanced()
    {
        foreach (var file in SourceTree.Repository.CSharp)
        {
            Assert.That(file.Code.Count(c => c == '{'), Is.EqualTo(file.Code.Count(c => c == '}')), file.Path);
        }
    }
}
