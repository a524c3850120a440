using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using NUnit.Framework;
using Sim.Testing;

namespace Sim.Tests;

/// <summary>Targets that cannot be opened.</summary>
[TestFixture]
public sealed class BadTargetTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("sim-cli-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void MissingTarget_IsAnsweredByTheNearestProject()
    {
        Write("Bank/Bank.csproj", "<Project />");
        var missing = Path.Join(_folder, "Bonk");

        BadInputTests.AssertRefused($"There is no file or folder '{missing}'. Did you mean 'Bank'? Known: Bank.", "list", missing);
    }

    [Test]
    public void MissingFolder_NamesTheCurrentOne() => BadInputTests.AssertRefused(
        $"There is no file or folder 'no/such/a.dll'. Its folder does not exist either; the current folder is '{Directory.GetCurrentDirectory()}'.",
        "list", "no/such/a.dll");

    [Test]
    public void EmptyTarget_SaysWhatATargetIs() =>
        BadInputTests.AssertRefused("The target is empty: name an assembly (.dll), a project file, or the folder of a project.", "list", "");

    [Test]
    public void FileOfAnotherKind_SaysWhatATargetIs()
    {
        var file = Write("notes.txt", "");

        BadInputTests.AssertRefused($"'{file}' is no target: name an assembly (.dll), a project file, or the folder of a project.", "list", file);
    }

    [Test]
    public void FolderWithoutProject_SaysWhatToName() =>
        BadInputTests.AssertRefused($"Folder '{_folder}' holds no project. Name a project file, its folder, or an assembly (.dll).", "list", _folder);

    [Test]
    public void FolderOfProjects_NamesThoseBelow()
    {
        Write("Bank/Bank.csproj", "<Project />");
        Write("Shop/Shop.csproj", "<Project />");

        BadInputTests.AssertRefused(
            $"Folder '{_folder}' holds no project. Name one of those below it: {Path.Join(_folder, "Bank")}, {Path.Join(_folder, "Shop")}.", "list", _folder);
    }

    [Test]
    public void FolderWithTwoProjects_NamesBoth()
    {
        Write("Bank.csproj", "<Project />");
        Write("Shop.csproj", "<Project />");

        BadInputTests.AssertRefused(
            $"Folder '{_folder}' holds 2 projects: name one of {Path.Join(_folder, "Bank.csproj")}, {Path.Join(_folder, "Shop.csproj")}.", "list", _folder);
    }

    [Test]
    public void FileThatIsNoAssembly_IsRefused() => BadInputTests.AssertRefusedFrom(
        "'junk.dll' is no .NET assembly that can be loaded: ", "list", Write("junk.dll", "MZ, but nothing else"));

    [Test]
    public void AssemblyWithoutScenarios_SaysHowToMakeOne()
    {
        var file = typeof(Scenario).Assembly.Location;

        BadInputTests.AssertRefused(
            $"'{file}' holds no scenarios: put [Scenario] on a public static async method, or [SimTest] on an NUnit test.", "list", file);
    }

    [Test]
    public void AssemblyBuiltWithAnotherSim_IsRefused()
    {
        var file = Path.Join(_folder, "Old.dll");
        File.WriteAllBytes(file, AssemblyThatRefersTo("Sim.Testing", new Version(9, 9, 0, 0)));
        var ours = typeof(Scenario).Assembly.GetName().Version;

        BadInputTests.AssertRefused(
            $"'Old.dll' was built with Sim.Testing 9.9.0.0, but this sim is {ours}: use the same version of both.", "list", file);
    }

    private string Write(string name, string text)
    {
        var path = Path.Join(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private static byte[] AssemblyThatRefersTo(string name, Version version)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString("Old.dll"), metadata.GetOrAddGuid(new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11])), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("Old"), new Version(1, 0), default, default, default, AssemblyHashAlgorithm.None);
        metadata.AddAssemblyReference(metadata.GetOrAddString(name), version, default, default, default, default);
        metadata.AddTypeDefinition(
            default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var image = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder()).Serialize(image);
        return image.ToArray();
    }
}
