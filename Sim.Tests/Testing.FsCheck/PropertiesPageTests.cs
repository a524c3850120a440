using System.Text.RegularExpressions;
using NUnit.Framework;
using Samples;
using Sim.Testing;

namespace Sim.Tests;

/// <summary>What docs/properties.md shows as the text of a failure is what a failure prints.</summary>
public sealed partial class PropertiesPageTests
{
    [Test]
    public void Output_IsTheOneThatIsPrinted()
    {
        var failure = MachineBench.Run(SampleMachines.Store(() => new CachedStore()), name: "Store_IsLinearizable").Failure!;
        var text = FailureText.Of(failure, "Tests");
        var printed = text[..text.IndexOf("It fails because", StringComparison.Ordinal)].TrimEnd();
        var path = Path.Combine(SourceTree.Root, "docs", "properties.md");
        var page = File.ReadAllText(path);
        var written = Block().Replace(page, match => $"{match.Groups["open"].Value}{printed}\n```");
        if (Environment.GetEnvironmentVariable("SIM_ACCEPT_SNAPSHOTS") == "1" && written != page)
        {
            File.WriteAllText(path, written);
            page = written;
        }

        Assert.That(Block().IsMatch(page), Is.True, "The page shows the failure of the store.");
        Assert.That(page, Is.EqualTo(written), "Run ./dev accept, then read the difference.");
    }

    [GeneratedRegex(@"(?<open><!-- output: cached-store -->\n```text\n)(?<text>(?:(?!```)[^\n]*\n)*)```")]
    private static partial Regex Block();
}
