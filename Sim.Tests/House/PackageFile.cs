using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Sim.Tests;

/// <summary>A package as its users get it: what it says of itself, what lies in it, and what its assembly knows of its sources.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Nuspec">What it says of itself.</param>
/// <param name="Entries">The paths in it, sorted.</param>
/// <param name="Sources">The paths of source files in the symbols that its assembly carries; null without an assembly.</param>
/// <param name="HasSources">Whether the sources themselves are there too.</param>
internal sealed record PackageFile(
    string Name, XElement Nuspec, IReadOnlyList<string> Entries, IReadOnlyList<string>? Sources, bool HasSources)
{
    private static readonly Guid _embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public string Id => Metadata("id");

    /// <summary>The package and version of each dependency, sorted.</summary>
    public IReadOnlyList<string> Dependencies =>
        [.. Nuspec.Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => $"{(string?)element.Attribute("id")} {(string?)element.Attribute("version")}")
            .Order(StringComparer.Ordinal)];

    public string Metadata(string name) => Element(name)?.Value ?? "";

    public XElement? Element(string name) => Nuspec.Descendants().FirstOrDefault(element => element.Name.LocalName == name);

    public static PackageFile Read(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        using var nuspec = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        var xml = XElement.Load(nuspec);
        var id = xml.Descendants().First(element => element.Name.LocalName == "id").Value;
        var names = archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal).ToArray();
        if (archive.GetEntry($"lib/net10.0/{id}.dll") is not { } assembly)
        {
            return new(Path.GetFileName(path), xml, names, null, false);
        }

        var image = new MemoryStream();
        using (var stream = assembly.Open())
        {
            stream.CopyTo(image);
        }

        var (sources, all) = ReadSymbols(image);
        return new(Path.GetFileName(path), xml, names, sources, all);
    }

    private static (string[] Sources, bool All) ReadSymbols(MemoryStream image)
    {
        image.Position = 0;
        using var file = new PEReader(image);
        var symbols = file.ReadDebugDirectory().FirstOrDefault(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        if (symbols.Type != DebugDirectoryEntryType.EmbeddedPortablePdb)
        {
            return ([], false);
        }

        using var provider = file.ReadEmbeddedPortablePdbDebugDirectoryData(symbols);
        var reader = provider.GetMetadataReader();
        bool IsThere(DocumentHandle document) => reader.GetCustomDebugInformation(document)
            .Any(info => reader.GetGuid(reader.GetCustomDebugInformation(info).Kind) == _embeddedSource);

        return ([.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))], reader.Documents.All(IsThere));
    }
}
