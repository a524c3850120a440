using NUnit.Framework;

namespace Sim.Tests;

/// <summary>
/// The names and the bytes of the files in Rules, written out by hand: an engine that names them otherwise would accept its own.
/// </summary>
public class RuleFilesTests
{
    private static readonly string _folder = Path.Combine(SourceTree.Root, "Sim.Tests", "Snapshots", "Rules");

    private static readonly string[] _names =
    [
        "ArgumentRules.APair_IsKeyAndValue_pair=k=7.verified.txt",
        "ArgumentRules.Collections_AreJoined_kind=empty_xs=[].verified.txt",
        "ArgumentRules.Collections_AreJoined_kind=flat_xs=1,2.verified.txt",
        "ArgumentRules.Collections_AreJoined_kind=nested_xs=[1,2],[],c.verified.txt",
        "ArgumentRules.DatesAndTimesOfDay_date=2026-02-03_time=4-05-PM.verified.txt",
        "ArgumentRules.IllegalCharacters_BecomeDashes_s=a-b-c-d-e-f-g-h-i-j-k.verified.txt",
        "ArgumentRules.NothingAndTruth_none=null_yes=True_no=False.verified.txt",
        "ArgumentRules.Numbers_AreInvariant_whole=-7_half=1.5_two=2_quarter=0.25_small=255.verified.txt",
        "ArgumentRules.Offsets_Follow_kind=east_at=2026-02-03T04-00+2.verified.txt",
        "ArgumentRules.Offsets_Follow_kind=west_at=2026-02-03-1-30.verified.txt",
        "ArgumentRules.Offsets_Follow_kind=zero_at=2026-02-03+0.verified.txt",
        "ArgumentRules.Others_AreTheirText_day=Friday_address=http---example.org-x-y_letter=c.verified.txt",
        "ArgumentRules.Times_EndWhereTheyAreEven_kind=day_at=2026-02-03.verified.txt",
        "ArgumentRules.Times_EndWhereTheyAreEven_kind=local_at=2026-02-03Local.verified.txt",
        "ArgumentRules.Times_EndWhereTheyAreEven_kind=minute_at=2026-02-03T01-01.verified.txt",
        "ArgumentRules.Times_EndWhereTheyAreEven_kind=second_at=2026-02-03T00-00-05.verified.txt",
        "ArgumentRules.Times_EndWhereTheyAreEven_kind=tick_at=2026-02-03T00-00-00.000123.verified.txt",
        "ArgumentRules.Times_EndWhereTheyAreEven_kind=utc_at=2026-02-03Utc.verified.txt",
        "ContentRules.AByteOrderMarkInFront_GoesAway.verified.txt",
        "ContentRules.ALastNewline_IsKept.verified.txt",
        "ContentRules.AllOfUnicode_IsUtf8.verified.txt",
        "ContentRules.AnExtension_IsTheFiles.verified.json",
        "ContentRules.Lines_EndWithLineFeed.verified.txt",
        "ContentRules.NoLastNewline_IsAdded.verified.txt",
        "ContentRules.Nothing_IsTrimmed.verified.txt",
        "ContentRules.Null_HasAWord.verified.txt",
        "ContentRules.OnReading_TheByteOrderMarkIsOptional.verified.txt",
        "ContentRules.TheEmptyText_HasAWord.verified.txt",
        "Elsewhere/SettingRules.ADirectory_StartsAtTheSourceFile.verified.txt",
        "FixtureArgumentRules.OfTheFixtureAlone_arg=p1.verified.txt",
        "FixtureArgumentRules.OfTheFixtureFirst_arg=p1_z=3.verified.txt",
        "GenericRules`1.AGenericClass_KeepsTheBacktick.verified.txt",
        "NameRules.ATest_IsClassAndMethod.verified.txt",
        "NameRules.Derived.AnInheritedTest_IsNamedByTheClassThatRuns.verified.txt",
        "NameRules.GenericMethods_HaveTheirPlainName_value=1.verified.txt",
        "NameRules.Nested.ANestedClass_HasItsParent.verified.txt",
        "NameRules.TheDisplayName_DoesNotCount_x=1.verified.txt",
        "Nested.Deep.ADeeperClass_HasOneParentOnly.verified.txt",
        "OtherType.ATypeName_TakesItsPlace.verified.txt",
        "SettingRules.AName_MayBeUsedAgain_IfAsked.verified.txt",
        "SettingRules.AText_StandsForAllParameters_text.verified.txt",
        "SettingRules.AllParametersIgnored_ShareAFile.verified.txt",
        "SettingRules.AnArray_IsOneParameter_xs=1,2.verified.txt",
        "SettingRules.Copied.First.verified.txt",
        "SettingRules.Copied.Second.verified.txt",
        "SettingRules.IgnoredParameters_ShareAFile_y=a.verified.txt",
        "SettingRules.OfSettings_t.verified.txt",
        "SettingRules.OtherMethod.verified.txt",
        "SettingRules.Parameters_MayBeOthersAndFewer_a=uno_b=2.verified.txt",
        "SettingRules_OtherFile.verified.txt",
        "TargetRules.ABuilder_IsAText#part.verified.txt",
        "TargetRules.AName_Follows#first.verified.txt",
        "TargetRules.AName_Follows#second.verified.txt",
        "TargetRules.ATextAndOthers#00.verified.txt",
        "TargetRules.ATextAndOthers#01.verified.txt",
        "TargetRules.ATextAndOthers#nm.verified.txt",
        "TargetRules.AnotherExtension_IsAnotherFile.verified.json",
        "TargetRules.AnotherExtension_IsAnotherFile.verified.md",
        "TargetRules.AnotherExtension_IsAnotherFile.verified.txt",
        "TargetRules.One_HasThePlainName.verified.txt",
        "TargetRules.Several_AreNumbered#00.verified.txt",
        "TargetRules.Several_AreNumbered#01.verified.txt",
        "TargetRules.TheSameName_IsNumbered#nm.00.verified.txt",
        "TargetRules.TheSameName_IsNumbered#nm.01.verified.txt",
        "TargetRules.TheSameName_IsNumbered.verified.txt",
        "UniquenessRules.Architecture.arm64.verified.txt",
        "UniquenessRules.Architecture.x64.verified.txt",
        "UniquenessRules.Configuration.Debug.verified.txt",
        "UniquenessRules.Configuration.Release.verified.txt",
        "UniquenessRules.Platform.Linux.verified.txt",
        "UniquenessRules.Platform.OSX.verified.txt",
        "UniquenessRules.Platform.Windows.verified.txt",
        "UniquenessRules.Runtime.DotNet.verified.txt",
        "UniquenessRules.RuntimeAndVersion.DotNet10_0.verified.txt",
        "UniquenessRules.Several_HaveTheirOrder.Debug.DotNet.verified.txt",
        "UniquenessRules.Several_HaveTheirOrder.Release.DotNet.verified.txt",
        "UniquenessRules.TargetFramework.DotNet.verified.txt",
        "UniquenessRules.TargetFrameworkAndVersion.DotNet10_0.verified.txt",
        "UniquenessRules.TheSameWord_StandsOnce_AfterTheArguments_x=1.DotNet10_0.verified.txt",
    ];

    [Test]
    public void TheFiles_HaveTheNamesThatTheRulesGive() => Assert.That(
        Directory.EnumerateFiles(_folder, "*.verified.*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
        Is.EqualTo(_names));

    [TestCase("ContentRules.Lines_EndWithLineFeed", "windows\nold\nnew\nend")]
    [TestCase("ContentRules.Nothing_IsTrimmed", "  indented \t\n\n trailing  ")]
    [TestCase("ContentRules.ALastNewline_IsKept", "a\n")]
    [TestCase("ContentRules.NoLastNewline_IsAdded", "a")]
    [TestCase("ContentRules.TheEmptyText_HasAWord", "emptyString")]
    [TestCase("ContentRules.Null_HasAWord", "null")]
    [TestCase("ContentRules.AByteOrderMarkInFront_GoesAway", "a")]
    [TestCase("TargetRules.ATextAndOthers#00", "root")]
    [TestCase("TargetRules.ATextAndOthers#01", "beside")]
    [TestCase("TargetRules.ATextAndOthers#nm", "named")]
    public void TheBytes_AreAByteOrderMarkAndTheText(string name, string text)
    {
        var bytes = File.ReadAllBytes(Path.Combine(_folder, $"{name}.verified.txt"));
        Assert.That(bytes, Is.EqualTo((byte[])[0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(text)]));
    }

    [Test]
    public void OneFile_HasNoByteOrderMark_ToBeRead() => Assert.That(
        File.ReadAllBytes(Path.Combine(_folder, "ContentRules.OnReading_TheByteOrderMarkIsOptional.verified.txt")),
        Is.EqualTo("no mark"u8.ToArray()));
}
