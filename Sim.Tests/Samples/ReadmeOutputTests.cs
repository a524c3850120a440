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
            return FailureText.Of(Campaign.Run(race, new CampaignOptions { Runs = 1_000 }), "Samples").TrimEnd();
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

    [GeneratedRegex(@"(?<open><!-- output: account-race -->\n```text\n)(?<text>(?:(?!```)[^\n]*\n)*)```")]
    private static partial Regex Block();
}
