namespace Sim.Tests;

/// <summary>One text file of the repository, by its path from the root with forward slashes.</summary>
internal sealed class SourceFile(string path, string text)
{
    private readonly Lazy<string> _code = new(() => CodeText.Strip(text));

    public string Path => path;

    public string Text => text;

    /// <summary>The text with comments, strings and directives blanked: same length, same lines.</summary>
    public string Code => _code.Value;

    public string Name => path[(path.LastIndexOf('/') + 1)..];

    public bool IsCSharp => path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsMarkdown => path.EndsWith(".md", StringComparison.Ordinal);

    /// <summary>A part of a page that an assembly holds: written by us as much as C# is.</summary>
    public bool IsOfPage => System.IO.Path.GetExtension(path) is ".js" or ".css" or ".html";

    /// <summary>The first segment of the path: the project's folder, or the file itself at the root.</summary>
    public string Project => path.Split('/')[0];

    /// <summary>The segment below the project; empty for a file at the project's root.</summary>
    public string Folder => path.Split('/') is { Length: > 2 } parts ? parts[1] : "";

    public string[] Lines => text.Split('\n');

    /// <summary>Lines as an editor counts them: a final newline ends the last line, it does not begin another.</summary>
    public int LineCount => text.Length == 0 ? 0 : Lines.Length - (text.EndsWith('\n') ? 1 : 0);

    public bool IsUnder(string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);

    public int LineAt(int offset) => text.AsSpan(0, offset).Count('\n') + 1;

    public Finding Finding(int line, string what) => new($"{path}:{line}", what);

    public override string ToString() => path;
}
