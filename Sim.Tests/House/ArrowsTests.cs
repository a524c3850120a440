using NUnit.Framework;

namespace Sim.Tests;

/// <summary>Invariants A1 and A5: arrows point one way, between projects and between folders.</summary>
public class ArrowsTests
{
    private static readonly string[] _friends = ["Sim.Tests", "Sim.Properties", "Sim.Benchmarks"];

    [Test]
    public void A1_Projects_FollowTheStaircase() => Caretaker.FindsNothing(Staircase.Check(SourceTree.Repository));

    [Test]
    public void A1_TheClock_RefersToTheBaseLibraryOnly() =>
        Assert.That(
            typeof(Clock.IClock).Assembly.GetReferencedAssemblies().Select(name => name.Name),
            Has.All.StartsWith("System."));

    [Test]
    public void A1_Folders_UseFoldersToTheirLeftOnly() => Caretaker.FindsNothing(FolderArrows.Check(SourceTree.Repository));

    [Test]
    public void A5_ShippedAssemblies_ShowTheirInternalsToTestsOnly() =>
        Assert.That(
            ShippedAssemblies.All.SelectMany(assembly => assembly.GetCustomAttributes(false)
                .OfType<System.Runtime.CompilerServices.InternalsVisibleToAttribute>()
                .Select(friend => friend.AssemblyName.Split(',')[0])).Distinct(),
            Is.SubsetOf(_friends));

    [TestCase("Sim.Core", "<ProjectReference Include=\"../Sim.World/Sim.World.csproj\" />", "draws an arrow to Sim.World")]
    [TestCase("Sim.World", "<PackageReference Include=\"NUnit\" />", "takes the package NUnit")]
    [TestCase("Sim.Clock", "<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />", "refers to Microsoft.AspNetCore.App")]
    [TestCase("Sim.Clock", "<InternalsVisibleTo Include=\"Sim.Core\" />", "shows its internals to Sim.Core")]
    public void AnItemTooMany_IsFound(string project, string item, string words) =>
        Caretaker.FindsOne(Staircase.Check(WithProject(project, text => text.Replace("</Project>", $"<ItemGroup>{item}</ItemGroup></Project>", StringComparison.Ordinal))), words);

    [Test]
    public void AnArrowThatIsMissing_IsFound() =>
        Caretaker.FindsOne(Staircase.Check(WithProject("Sim.World", _ => "<Project />")), "lacks the arrow to Sim.Core");

    [Test]
    public void AProjectOffTheStaircase_IsFound() =>
        Caretaker.FindsOne(
            Staircase.Check(new SourceTree([.. Projects(), ("Sim.Utils/Sim.Utils.csproj", "<Project />")])), "no step on the staircase");

    [Test]
    public void AFriendDeclaredInCode_IsFound() =>
        Caretaker.FindsOne(
            Staircase.Check(new SourceTree([.. Projects(), ("Sim.Clock/Friends.cs", "[assembly: InternalsVisibleTo(\"Sim.Core\")]\n")])),
            "shows its internals to Sim.Core");

    [Test]
    public void AReferenceGivenToEveryProject_IsFound() =>
        Caretaker.FindsOne(
            Staircase.Check(new SourceTree([.. Projects(), ("Directory.Build.targets", "<Project><PackageReference Include=\"Moq\" /></Project>")])),
            "PackageReference Moq");

    [TestCase("class Low { Asyncio a; }", 1)]
    [TestCase("class Low { string s = $\"{Asyncio.Run}\"; }", 1)]
    [TestCase("class Low { object o = new Sim.Core.Asyncio(); }", 1)]
    [TestCase("/// <see cref=\"Asyncio\"/>\nclass Low { string s = \"Asyncio\"; }", 0)]
    [TestCase("class Low { int x = other.Asyncio; }", 0)]
    [TestCase("record Low(object? Asyncio, int B);", 0)]
    [TestCase("class Low { object Asyncio { get; } }", 0)]
    [TestCase("class Low { static Asyncio Make() => new Asyncio(); }", 2)]
    [TestCase("class Low { bool Is(object o) => o is not Asyncio; }", 1)]
    [TestCase("enum Low { Asyncio, B }", 0)]
    public void AUseToTheRight_IsFound_WhereItIsCode(string low, int findings)
    {
        var tree = new SourceTree(("Sim.Core/Loop/Low.cs", low), ("Sim.Core/Tasks/Asyncio.cs", "static class Asyncio { Low low; }"));
        Assert.That(FolderArrows.Check(tree).ToList(), Has.Count.EqualTo(findings));
    }

    [Test]
    public void AFolderWithoutAPlace_IsFound() =>
        Caretaker.FindsOne(FolderArrows.Check(new SourceTree(("Sim.Core/Utils/Thing.cs", "class Thing;"))), "has no place among the folders");

    [Test]
    public void ATypeInTwoFolders_DrawsArrowsBothWays() =>
        Assert.That(
            FolderArrows.Check(new SourceTree(
                ("Sim.Core/Loop/Both.cs", "partial class Both { Both b; }"), ("Sim.Core/Tasks/Both.cs", "partial class Both;"))).ToList(),
            Is.Not.Empty);

    [Test]
    public void FoldersWithoutAnOrder_MayNotUseEachOtherInACircle()
    {
        var a = ("Sim.Testing/A/First.cs", "class First { Second s; }");
        var b = ("Sim.Testing/B/Second.cs", "class Second { Third t; }");
        Assert.That(FolderArrows.Check(new SourceTree(a, b, ("Sim.Testing/C/Third.cs", "class Third;"))), Is.Empty);
        Assert.That(FolderArrows.Check(new SourceTree(a, b, ("Sim.Testing/C/Third.cs", "class Third { First f; }"))).ToList(), Has.Count.EqualTo(3));
    }

    private static IEnumerable<(string Path, string Text)> Projects() =>
        SourceTree.Repository.Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => (file.Path, file.Text));

    private static SourceTree WithProject(string project, Func<string, string> change) =>
        new([.. Projects().Select(file => file.Path.StartsWith(project + "/", StringComparison.Ordinal) ? (file.Path, change(file.Text)) : file)]);
}
