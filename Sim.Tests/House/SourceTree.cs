using System.Runtime.CompilerServices;

namespace Sim.Tests;

/// <summary>
/// The text files that a check looks at: those of the repository, or a few made up by a test of the check itself.
/// Ordered by path, so that findings come in the same order everywhere.
/// </summary>
internal sealed class SourceTree
{
    private static readonly string[] _kinds =
        [".cs", ".csproj", ".props", ".targets", ".sln", ".md", ".json", ".yml", ".sh", ".editorconfig", ".js", ".css", ".html", Picture];

    // Documents show pictures, which have no text to check.
    private const string Picture = ".png";

    private static readonly string[] _skippedFolders = ["bin", "obj", "artifacts", "TestResults", ".git", ".vs", ".idea"];

    private static readonly Lazy<SourceTree> _repository = new(() => Load(FindRoot()));

    private readonly SortedDictionary<string, SourceFile> _files = new(StringComparer.Ordinal);

    public SourceTree(params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            _files.Add(path, new SourceFile(path, text));
        }
    }

    /// <summary>This repository, read once per process.</summary>
    public static SourceTree Repository => _repository.Value;

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    public IEnumerable<SourceFile> Files => _files.Values;

    public IEnumerable<SourceFile> CSharp => Files.Where(file => file.IsCSharp);

    public IEnumerable<SourceFile> Markdown => Files.Where(file => file.IsMarkdown);

    /// <summary>What is written by hand and has a length: C#, and the parts of pages.</summary>
    public IEnumerable<SourceFile> Written => Files.Where(file => file.IsCSharp || file.IsOfPage);

    /// <summary>C# of the assemblies that are packed and given to users.</summary>
    public IEnumerable<SourceFile> Shipped => CSharp.Where(file => Staircase.Shipped.Contains(file.Project));

    public SourceFile? Find(string path) => _files.GetValueOrDefault(path);

    public IEnumerable<SourceFile> Under(string folder) => Files.Where(file => file.IsUnder(folder));

    /// <summary>Whether a path names a file of the tree or a folder that holds one.</summary>
    public bool Exists(string path) => path.Length == 0 || _files.ContainsKey(path) || Under(path).Any();

    private static SourceTree Load(string root)
    {
        var paths = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(_skippedFolders.Contains) && IsSource(path));
        return new SourceTree([.. paths.Select(path => (path, path.EndsWith(Picture, StringComparison.Ordinal) ? "" : File.ReadAllText(Path.Combine(root, path))))]);
    }

    // The scripts and the licence have no ending; snapshots are data and not ours to format.
    private static bool IsSource(string path) =>
        _kinds.Any(kind => path.EndsWith(kind, StringComparison.Ordinal))
        || path is "dev" or ".ci/run" or "LICENSE" or "BannedSymbols.txt" or ".gitignore" or ".gitattributes";

    // From where this file was compiled; a deterministic build hides that, then from where the test assembly stands.
    private static string FindRoot([CallerFilePath] string here = "") =>
        FindAbove(Path.GetDirectoryName(here)) ?? FindAbove(AppContext.BaseDirectory)
        ?? throw new DirectoryNotFoundException(
            $"No folder above {here} or {AppContext.BaseDirectory} holds Simulation.sln: run the tests where they were built.");

    private static string? FindAbove(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Simulation.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
