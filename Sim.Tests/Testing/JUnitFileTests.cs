using System.Text;
using System.Xml.Linq;
using NUnit.Framework;
using Sim.Testing;

namespace Sim.Tests;

[TestFixture]
public sealed class JUnitFileTests
{
    [Test]
    public Task Campaigns_OfEveryVerdict()
    {
        var options = new CampaignOptions { Runs = 300 };
        var found = Campaign.Run(Races.Account, options);
        var held = Campaign.Run(Races.Turns, options with { Runs = 20 });
        var missed = Campaign.Run(Races.Turns with { Name = "planted", MustFail = "never does" }, options with { Runs = 20 });
        CampaignOutcome[] outcomes =
        [
            new(found, options, TimeSpan.FromSeconds(1.25)), new(held, options with { Runs = 20 }, TimeSpan.FromMilliseconds(3)),
            new(missed, options with { Runs = 20 }, TimeSpan.Zero),
            new(held with { Scenario = Races.Turns with { Name = "cut" } }, options, TimeSpan.Zero),
        ];
        return Verify(CodePlaces.Without(Write(outcomes, [.. outcomes.Select(static outcome => outcome.Report.Scenario), Races.Order])));
    }

    [Test]
    public void WhatXmlCannotHold_IsReplaced()
    {
        var scenario = new Scenario("speaks", static () => throw new InvalidOperationException("\e[31mred\0 \U0001F600 \ud800 <&>"));
        var options = new CampaignOptions();
        var written = XDocument.Parse(Write([new(Campaign.Run(scenario, options), options, TimeSpan.Zero)], [scenario]));

        Assert.That(
            written.Descendants("failure").Single().Attribute("message")!.Value,
            Is.EqualTo("InvalidOperationException: \ufffd[31mred\ufffd \U0001F600 \ufffd <&>"));
    }

    private static string Write(IReadOnlyList<CampaignOutcome> outcomes, IReadOnlyList<Scenario> scenarios)
    {
        using var stream = new MemoryStream();
        JUnitFile.Write(stream, "Folder", scenarios, outcomes, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
