using System.Text;

namespace Sim.Testing;

/// <summary>The files that a page is made of, as they are embedded in the assembly.</summary>
internal static class PageFiles
{
    // The order counts: a file uses what is declared in those before it.
    private static readonly string[] _styles = ["colours.css", "frame.css", "lanes.css", "details.css"];

    private static readonly string[] _scripts =
    [
        "elements.js", "model.js", "words.js", "rows.js", "geometry.js", "paint.js", "overview.js", "row-view.js", "panel.js",
        "details.js", "summary.js", "filters.js", "searching.js", "settings.js", "keys.js", "main.js",
    ];

    /// <summary>The frame, with the names of what goes into it between double braces.</summary>
    public static string Frame { get; } = Read("page.html");

    /// <summary>All styles.</summary>
    public static string Style { get; } = string.Concat(_styles.Select(Read));

    /// <summary>The whole script, in a scope of its own.</summary>
    public static string Script { get; } = $"(() => {{\n\"use strict\";\n{string.Concat(_scripts.Select(Read))}}})();\n";

    private static string Read(string name)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream($"Page/{name}")
            ?? throw new InvalidOperationException($"The assembly lacks its part Page/{name}: it was not built as its project says.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
