using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>The HTML page, without a browser: <c>./dev browse</c> drives it in one.</summary>
public sealed partial class TimelinePageTests
{
    private static string AccountRace => TimelinePage.Of(Timeline.Of(TimelineRuns.AccountRace, "Samples"));

    [Test]
    public void SameRun_SameBytes()
    {
        var again = Campaign.Run(TimelineRuns.AccountRace.Scenario, new CampaignOptions { Runs = 1_000 });
        using var stream = new MemoryStream();
        TimelinePage.Write(Timeline.Of(again, "Samples"), stream);
        Assert.That(stream.ToArray(), Is.EqualTo(Encoding.UTF8.GetBytes(AccountRace)));
    }

    [Test]
    public void AFile_IsWrittenInThreeLines()
    {
        var report = TimelineRuns.AccountRace;
        var path = Path.Combine(Directory.CreateTempSubdirectory("sim-timeline-").FullName, "failure.html");
        Write();
        Assert.That(File.ReadAllText(path), Does.StartWith("<!").And.Contain("account-race"));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        void Write()
        {
            #region write
            var timeline = Timeline.Of(report, target: "Samples");   // of a campaign that has failed, or of a run
            using var file = File.Create(path);
            TimelinePage.Write(timeline, file);
            #endregion
        }
    }

    [Test]
    public void ThePage_NeedsNothingElse()
    {
        Assert.That(AccountRace, Does.Not.Contain("{{"));
        Assert.That(Regex.Matches(AccountRace, @"https?:|\bsrc=|@import|url\(|<link|\bfetch\(|XMLHttpRequest|\bimport\b"), Is.Empty);
    }

    [Test]
    public void ThePolicy_AllowsItsOwnScriptAndStyle_AndNothingElse()
    {
        var page = AccountRace;
        Assert.That(Policy().Match(page).Groups["policy"].Value, Is.EqualTo(
            $"default-src 'none'; style-src 'sha256-{Digest("style", page)}'; script-src 'sha256-{Digest("script", page)}'"));

        static string Digest(string tag, string page) => Convert.ToBase64String(SHA256.HashData(
            Encoding.UTF8.GetBytes(Regex.Match(page, $"<{tag}>(.*?)</{tag}>", RegexOptions.Singleline).Groups[1].Value)));
    }

    [Test]
    public void TheData_HoldsTheWholeTrace()
    {
        foreach (var run in TimelineRuns.All())
        {
            var told = Data(TimelinePage.Of(new Timeline("run", [run]))).GetProperty("runs")[0];
            Assert.That(EventsIn(told), Is.EqualTo(run.Steps.SelectMany(step => step.Events.Select((entry, i) =>
                $"{step.Number} {entry.Happened.Time} {entry.Happened.Kind} {run.Lanes[entry.Lane].Name} "
                + $"{(entry.Happened.Kind == TraceEventKind.Step ? step.Text : entry.Happened.Text)}"))));
        }
    }

    [Test]
    public void NamesThatAreMarkup_StayText()
    {
        const string Script = "</script><script>alert(1)</script>";
        var run = Simulation.Run(async () =>
        {
            await Asyncio.CreateTask(static async () => await Asyncio.YieldAsync(), Script);
            Simulation.Current.Note("<!-- <b>{{script}} \u2028 &amp;");
        });
        var page = TimelinePage.Of(new Timeline(Script + "{{data}}", Timeline.Of(run).Runs));
        Assert.That(Regex.Count(page, "<script"), Is.EqualTo(2));
        Assert.That(Regex.Count(page, "</script"), Is.EqualTo(2));
        Assert.That(page, Does.Not.Contain("<!--").And.Not.Contain("alert(1)<"));
        Assert.That(page, Does.Contain("<title>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{data}} · timeline</title>"));
        Assert.That(Data(page).GetProperty("title").GetString(), Is.EqualTo(Script + "{{data}}"));
        Assert.That(Data(page).GetProperty("runs")[0].GetProperty("lanes")[1][0].GetString(), Is.EqualTo(Script));
    }

    [Test]
    public void EveryPartOfThePage_IsInIt()
    {
        var parts = SourceTree.Repository.Under("Sim.Testing/Timelines/Page")
            .Where(static file => !file.Path.EndsWith(".html", StringComparison.Ordinal)).ToList();
        Assert.That(parts, Has.Count.GreaterThan(15));
        var page = AccountRace;
        Assert.That(parts.Where(part => !page.Contains(part.Text, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void ElementsThatTheScriptLooksUp_AreInTheFrame() => Assert.That(
        Lookup().Matches(PageFiles.Script).Select(static match => match.Groups["id"].Value).Distinct()
            .Where(static id => !PageFiles.Frame.Contains($"id=\"{id}\"", StringComparison.Ordinal)),
        Is.Empty);

    [Test]
    public void LightAndDark_HaveTheSameColours()
    {
        var colours = SourceTree.Repository.Find("Sim.Testing/Timelines/Page/colours.css")!.Text.Split(":root").Skip(1)
            .Select(static theme => Variable().Matches(theme).Select(static match => match.Value).ToList()).ToList();
        Assert.That(colours, Has.Count.EqualTo(2));
        Assert.That(colours[0], Is.EqualTo(colours[1]).And.Count.GreaterThan(20));
        var used = Regex.Matches(PageFiles.Style, @"var\((--[\w-]+)\)").Select(static match => match.Groups[1].Value).Distinct();
        Assert.That(used.Except(colours[0].Select(static name => name.TrimEnd(':'))), Is.EquivalentTo((string[])["--row-ground"]));
    }

    private static JsonElement Data(string page) => JsonDocument.Parse(DataBlock().Match(page).Groups["data"].Value).RootElement;

    private static IEnumerable<string> EventsIn(JsonElement run)
    {
        var (texts, times, lanes) = (run.GetProperty("texts"), run.GetProperty("times"), run.GetProperty("lanes"));
        var (steps, events) = (run.GetProperty("steps"), run.GetProperty("events"));
        var next = 0;
        for (var i = 0; i < steps.GetProperty("number").GetArrayLength(); i++)
        {
            var at = $"{Number(steps, "number", i)} {times[Number(steps, "time", i)]}";
            if (Number(steps, "phase", i) != (int)StepPhase.Outside)
            {
                yield return $"{at} {TraceEventKind.Step} {lanes[Number(steps, "lane", i)][0]} {texts[Number(steps, "text", i)]}";
            }

            for (var end = next + Number(steps, "events", i); next < end; next++)
            {
                var kind = (TraceEventKind)Number(events, "kind", next);
                yield return $"{at} {kind} {lanes[Number(events, "lane", next)][0]} {texts[Number(events, "text", next)]}";
            }
        }

        static int Number(JsonElement list, string name, int at) => list.GetProperty(name)[at].GetInt32();
    }

    [GeneratedRegex("""<script type="application/json" id="data">(?<data>.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex DataBlock();

    [GeneratedRegex("""Content-Security-Policy" content="(?<policy>[^"]*)">""")]
    private static partial Regex Policy();

    [GeneratedRegex("""\$\("(?<id>[\w-]+)"\)""")]
    private static partial Regex Lookup();

    [GeneratedRegex(@"--[\w-]+:")]
    private static partial Regex Variable();
}
