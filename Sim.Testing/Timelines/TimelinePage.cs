using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Sim.Testing;

/// <summary>
/// A timeline as one HTML file that needs nothing else: no network, no server, no other file. It opens from the file system, with
/// a hundred thousand events too. The same timeline gives the same bytes. Thread-safe.
/// </summary>
public static class TimelinePage
{
    /// <summary>Writes the page, in UTF-8.</summary>
    public static void Write(Timeline timeline, Stream output)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        ArgumentNullException.ThrowIfNull(output);
        var (before, after) = Around(timeline);
        output.Write(Encoding.UTF8.GetBytes(before));
        output.Write(PageData.Of(timeline));
        output.Write(Encoding.UTF8.GetBytes(after));
    }

    /// <summary>The page as text.</summary>
    public static string Of(Timeline timeline)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        var (before, after) = Around(timeline);
        return before + Encoding.UTF8.GetString(PageData.Of(timeline)) + after;
    }

    // What is on both sides of the data, which can be long.
    private static (string Before, string After) Around(Timeline timeline)
    {
        var parts = PageFiles.Frame.Split("{{data}}");
        return (Fill(parts[0]), Fill(parts[1]));

        string Fill(string text) => text
            .Replace("{{policy}}", Policy, StringComparison.Ordinal)
            .Replace("{{style}}", PageFiles.Style, StringComparison.Ordinal)
            .Replace("{{script}}", PageFiles.Script, StringComparison.Ordinal)
            // Last, so that no name of a scenario is taken for one of ours.
            .Replace("{{title}}", WebUtility.HtmlEncode(timeline.Title), StringComparison.Ordinal);
    }

    // The browser runs this script and no other, whatever a task may be called, and asks no network for anything.
    private static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Digest(PageFiles.Style)}'; script-src 'sha256-{Digest(PageFiles.Script)}'";

    private static string Digest(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
