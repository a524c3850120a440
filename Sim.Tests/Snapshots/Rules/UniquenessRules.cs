using NUnit.Framework;

namespace Sim.Tests;

/// <summary>What tells the files of several machines and builds apart.</summary>
[TestFixture]
public class UniquenessRules
{
    [Test]
    public Task Runtime() => Verify("x").UniqueForRuntime();

    [Test]
    public Task RuntimeAndVersion() => Verify("x").UniqueForRuntimeAndVersion();

    [Test]
    public Task TargetFramework() => Verify("x").UniqueForTargetFramework();

    [Test]
    public Task TargetFrameworkAndVersion() => Verify("x").UniqueForTargetFrameworkAndVersion();

    [Test]
    public Task Configuration() => Verify("x").UniqueForAssemblyConfiguration();

    [Test]
    public Task Platform() => Verify("x").UniqueForOSPlatform();

    [Test]
    public Task Architecture() => Verify("x").UniqueForArchitecture();

    [Test]
    public Task Several_HaveTheirOrder() => Verify("x").UniqueForRuntime().UniqueForAssemblyConfiguration();

    [TestCase(1)]
    public Task TheSameWord_StandsOnce_AfterTheArguments(int x) =>
        Verify($"{x}").UniqueForRuntimeAndVersion().UniqueForTargetFrameworkAndVersion();
}
