using System.Text.Json;

namespace Sim.Testing;

public static partial class ReportJson
{
    /// <summary>The document of <c>sim fuzz</c>.</summary>
    /// <param name="target">The target, as the user named it.</param>
    /// <param name="scenarios">What was to be explored; more than outcomes when interrupted.</param>
    /// <param name="outcomes">What was.</param>
    /// <param name="exitCode">With what the tool ends.</param>
    public static string OfCampaigns(
        string target, IReadOnlyList<Scenario> scenarios, IReadOnlyList<CampaignOutcome> outcomes, int exitCode)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        ArgumentNullException.ThrowIfNull(outcomes);
        return Document("fuzz", target, exitCode, json =>
        {
            json.WriteString("summary", CampaignText.Summary(outcomes, scenarios.Count));
            json.WriteStartArray("scenarios");
            foreach (var outcome in outcomes)
            {
                Campaign(json, outcome, target);
            }

            json.WriteEndArray();
            Texts(json, "notBegun", scenarios.Select(static scenario => scenario.Name)
                .Except(outcomes.Select(static outcome => outcome.Report.Scenario.Name), StringComparer.Ordinal));
        });
    }

    private static void Campaign(Utf8JsonWriter json, CampaignOutcome outcome, string target)
    {
        var (report, options) = (outcome.Report, outcome.Options);
        json.WriteStartObject();
        json.WriteString("name", report.Scenario.Name);
        json.WriteString("planted", report.Scenario.MustFail);
        json.WriteString("verdict", Word(outcome.Verdict));
        json.WriteBoolean("asExpected", !outcome.IsUnexpected);
        json.WriteString("strategy", options.Exhaustive is null ? options.Strategy.Name : "exhaustive");
        json.WriteNumber("seed", options.Seed);
        json.WriteNumber("runs", report.Runs);
        json.WriteNumber("runsAtMost", options.Runs);
        json.WriteNumber("distinctSchedules", report.DistinctSchedules);
        Number(json, "classes", report.Search?.Classes ?? report.Coverage?.Classes);
        Number(json, "handOvers", report.Coverage?.HandOvers);
        json.WriteBoolean("isCovered", report.IsCovered);
        json.WriteBoolean("isOutOfTime", report.IsOutOfTime);
        json.WriteNumber("virtualSeconds", Seconds(report.VirtualTime));
        json.WriteNumber("seconds", Seconds(outcome.WallTime));
        json.WritePropertyName("failure");
        if (report.Shrunk is null)
        {
            json.WriteNullValue();
        }
        else
        {
            Found(json, report, target);
        }

        Texts(json, "leakyStatics", report.LeakyStatics);
        Texts(json, "leftTasks", report.LeftTasks);
        Texts(json, "pinnedMisfits", report.PinnedMisfits);
        Texts(json, "droppedFromCorpus", report.DroppedFromCorpus);
        json.WriteString("notKept", report.NotKept);
        json.WriteEndObject();
    }

    private static void Found(Utf8JsonWriter json, CampaignReport report, string target)
    {
        var shrunk = report.Shrunk!;
        json.WriteStartObject();
        Failure(json, shrunk);
        json.WriteString("foundBy", report.FromPin is not null ? "pin" : report.FromCorpus is not null ? "corpus" : report.Found!.Strategy);
        json.WritePropertyName("foundSeed");
        if (report is { FromPin: null, FromCorpus: null, Search: null })
        {
            json.WriteNumberValue(report.FoundSeed);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteNumber("decisions", shrunk.Script.Count);
        json.WriteNumber("decisionsAsFound", report.Found!.Script.Count);
        json.WriteBoolean("isMinimal", report.ShrunkIsMinimal);
        json.WriteNumber("shrinkRuns", report.ShrinkRuns);
        json.WriteString("replay", report.Replay?.ToString());
        json.WriteString("traceHash", shrunk.Trace.Hash);
        json.WriteString("text", FailureText.Of(report, target));
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
