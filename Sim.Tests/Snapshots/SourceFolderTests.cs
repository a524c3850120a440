using NUnit.Framework;
using Sim.Testing.NUnit;

namespace Sim.Tests;

public class SourceFolderTests
{
    [Test]
    public void APathOfThisMachine_IsTaken_EvenWithoutTheFile()
    {
        using var box = new SnapshotSandbox();
        Assert.That(SourceFolder.Of(Path.Combine(box.Path, "Gone.cs"), "/nowhere"), Is.EqualTo(box.Path));
    }

    [TestCase("/_/Some.Tests/Deep/X.cs")]
    [TestCase("/_1/Some.Tests/Deep/X.cs")]
    [TestCase("/_/Some.Tests\\Deep\\X.cs")]
    public void ADeterministicPath_IsFoundAboveTheTestAssembly(string compiled)
    {
        using var box = new SnapshotSandbox();
        var deep = Directory.CreateDirectory(Path.Combine(box.Path, "Some.Tests", "Deep")).FullName;
        var output = Directory.CreateDirectory(Path.Combine(box.Path, "Some.Tests", "bin", "Debug", "net10.0")).FullName;
        File.WriteAllText(Path.Combine(deep, "X.cs"), "");
        Assert.That(SourceFolder.Of(compiled, output), Is.EqualTo(deep));
    }

    [Test]
    public void TheNearestDirectoryWithTheFile_Wins()
    {
        using var box = new SnapshotSandbox();
        var inner = Directory.CreateDirectory(Path.Combine(box.Path, "inner", "T")).FullName;
        Directory.CreateDirectory(Path.Combine(box.Path, "T"));
        File.WriteAllText(Path.Combine(box.Path, "T", "X.cs"), "");
        File.WriteAllText(Path.Combine(inner, "X.cs"), "");
        Assert.That(SourceFolder.Of("/_/T/X.cs", inner), Is.EqualTo(inner));
    }

    [TestCase("/_/Some.Tests/Absent.cs")]
    [TestCase("/_x/Some.Tests/X.cs")]
    [TestCase("/no-such-root/Some.Tests/X.cs")]
    [TestCase("X.cs")]
    public void ASourceThatIsNotHere_IsRefused_WithTheWayOut(string compiled)
    {
        using var box = new SnapshotSandbox();
        Assert.That(
            () => SourceFolder.Of(compiled, box.Path),
            Throws.InvalidOperationException.With.Message.Contains($"The source file {compiled} was not found")
                .And.Message.Contains("<DeterministicSourcePaths>false</DeterministicSourcePaths>"));
    }

    [Test]
    public void NoPathAtAll_IsAnArgumentError() => Assert.That(() => SourceFolder.Of("", "/"), Throws.ArgumentException);
}
