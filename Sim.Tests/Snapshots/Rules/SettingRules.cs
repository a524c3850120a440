using NUnit.Framework;

namespace Sim.Tests;

/// <summary>What a test may say about the names of its files.</summary>
[TestFixture]
public class SettingRules
{
    [Test]
    public Task AMethodName_TakesItsPlace() => Verify("x").UseMethodName("OtherMethod");

    [Test]
    public Task ATypeName_TakesItsPlace() => Verify("x").UseTypeName("OtherType");

    [TestCase(1)]
    public Task AFileName_TakesThePlaceOfAll(int x) => Verify($"{x}").UseFileName("SettingRules_OtherFile");

    [Test]
    public Task ADirectory_StartsAtTheSourceFile() => Verify("x").UseDirectory("Elsewhere");

    [TestCase("one", "two", "three")]
    public Task Parameters_MayBeOthersAndFewer(string a, string b, string c) => Verify(a + b + c).UseParameters("uno", 2);

    [TestCase("one")]
    public Task AnArray_IsOneParameter(string xs) => Verify(xs).UseParameters(new[] { 1, 2 });

    [TestCase("one", 2)]
    public Task AText_StandsForAllParameters(string a, int b) => Verify($"{a} {b}").UseTextForParameters("text");

    [TestCase(1, "a")]
    [TestCase(2, "a")]
    public Task IgnoredParameters_ShareAFile(int x, string y) => Verify($"{x > 0} {y}").IgnoreParameters(nameof(x));

    [TestCase(1)]
    [TestCase(2)]
    public Task AllParametersIgnored_ShareAFile(int x) => Verify($"{x > 0}").IgnoreParametersForVerified();

    [Test]
    public Task Settings_MayBeAnObject()
    {
        var settings = new VerifySettings();
        settings.UseMethodName("OfSettings");
        settings.UseTextForParameters("t");
        return Verify("x", settings);
    }

    [Test]
    public async Task Settings_AreCopied()
    {
        var settings = new VerifySettings();
        settings.UseTypeName("SettingRules.Copied");
        await Verify("first", settings).UseMethodName("First");
        await Verify("second", settings).UseMethodName("Second");
    }

    [Test]
    public async Task AName_MayBeUsedAgain_IfAsked()
    {
        await Verify("x").DisableRequireUniquePrefix();
        await Verify("x").DisableRequireUniquePrefix();
    }
}
