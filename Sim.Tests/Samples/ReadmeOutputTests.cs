using System.Text.RegularExpressions;
using NUnit.Framework;
using Samples;
using Sim.Testing;

namespace Sim.Tests;

/// <summary>What the README shows as output is what the tool prints; virtual time makes it stable.</summary>
public sealed partial class ReadmeOutputTests
{
    private static string Printed
    {
        get
        {
            var race = ScenarioCatalog.Find(ScenarioCatalog.In(typeof(AccountStory).Assembly), "account-race");
            var text = FailureText.Of(Campaign.Run(race, new CampaignOptions { Runs = 1_000 }), "Samples").TrimEnd();

            // The trace is the longest part, and says nothing that the tables do not show.
            return Trace().Replace(text, match => $"{match.Groups["title"].Value}\n\n  …\n\n");
        }
    }

    [Test]
    public void Output_IsTheOneThatIsPrinted()
    {
        var path = Path.Combine(SourceTree.Root, "README.md");
        var readme = File.ReadAllText(path);
        var written = Block().Replace(readme, match => $"{match.Groups["open"].Value}{Printed}\n```");
        if (Environment.GetEnvironmentVariable("SIM_ACCEPT_SNAPSHOTS") == "1" && written != readme)
        {
            File.WriteAllText(path, written);
            readme = written;
        }

        Assert.That(Block().IsMatch(readme), Is.True, "The README shows the output of account-race.");
        Assert.That(readme, Is.EqualTo(written), "Run ./dev accept, then read the difference.");
    }

    [GeneratedRegex(@"(?<title>^Trace \([^\n]*)\n\n(?:    ? *time[^\n]*\n)(?:[^\n]+\n)+\n", RegexOptions.Multiline)]
    private static partial Regex Trace();

    [GeneratedRegex(@"(?<open><!-- output: account-race -->\n```text\n)(?<text>(?:(?!```)[^\n]*\n)*)```")]
    private static partial Regex Block();
}
