using System.Globalization;
using System.Text;
using System.Xml;

namespace Sim.Testing;

/// <summary>
/// Campaigns as a JUnit XML file, in what the schemas of Ant and Jenkins have in common: one suite for a target, one case for a scenario.
/// What is not as expected is a failure with its text; what was interrupted or not begun is skipped. The suite has the seed and the replay
/// lines as properties, and a line on each scenario in its output. Thread-safe.
/// </summary>
public static class JUnitFile
{
    /// <summary>Writes the file, in UTF-8.</summary>
    /// <param name="output">Takes it.</param>
    /// <param name="target">The target: the name of the suite, and what to pass to <c>sim replay</c>.</param>
    /// <param name="scenarios">What was to be explored; more than outcomes when interrupted.</param>
    /// <param name="outcomes">What was.</param>
    /// <param name="begun">When the first campaign began.</param>
    public static void Write(
        Stream output, string target, IReadOnlyList<Scenario> scenarios, IReadOnlyList<CampaignOutcome> outcomes, DateTimeOffset begun)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(scenarios);
        ArgumentNullException.ThrowIfNull(outcomes);
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        using var xml = XmlWriter.Create(output, settings);
        var notBegun = scenarios.Select(static scenario => scenario.Name)
            .Except(outcomes.Select(static outcome => outcome.Report.Scenario.Name), StringComparer.Ordinal).ToList();
        var time = outcomes.Aggregate(TimeSpan.Zero, static (sum, outcome) => sum + outcome.WallTime);
        xml.WriteStartElement("testsuites");
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(target));
        xml.WriteAttributeString("package", Clean(target));
        xml.WriteAttributeString("id", "0");
        Counts(xml, outcomes, notBegun.Count);
        xml.WriteAttributeString("timestamp", begun.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        xml.WriteAttributeString("hostname", "localhost");
        Properties(xml, outcomes);
        foreach (var outcome in outcomes)
        {
            Case(xml, outcome, target);
        }

        foreach (var name in notBegun)
        {
            Start(xml, name, target, TimeSpan.Zero);
            xml.WriteElementString("skipped", "not begun: the campaign was interrupted");
            xml.WriteEndElement();
        }

        xml.WriteElementString("system-out", Clean(string.Concat(outcomes.Select(Told))));
        xml.WriteElementString("system-err", "");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Counts(XmlWriter xml, IReadOnlyList<CampaignOutcome> outcomes, int notBegun)
    {
        var skipped = outcomes.Count(static outcome => outcome.Verdict == CampaignVerdict.Interrupted) + notBegun;
        xml.WriteAttributeString("tests", Number(outcomes.Count + notBegun));
        xml.WriteAttributeString("failures", Number(outcomes.Count(static outcome => outcome.IsUnexpected)));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", Number(skipped));
        xml.WriteAttributeString("time", Seconds(outcomes.Aggregate(TimeSpan.Zero, static (sum, outcome) => sum + outcome.WallTime)));
    }

    // Of the suite, because the schemas allow a case none. There is always one: an empty list is not allowed either.
    private static void Properties(XmlWriter xml, IReadOnlyList<CampaignOutcome> outcomes)
    {
        xml.WriteStartElement("properties");
        Property(xml, "tool", "sim fuzz");
        if (outcomes.Count > 0)
        {
            Property(xml, "seed", Number(outcomes[0].Options.Seed));
        }

        foreach (var report in outcomes.Select(static outcome => outcome.Report))
        {
            if (report.Replay is { } replay)
            {
                Property(xml, $"replay.{report.Scenario.Name}", replay.ToString());
            }
        }

        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, CampaignOutcome outcome, string target)
    {
        var report = outcome.Report;
        Start(xml, report.Scenario.Name, target, outcome.WallTime);
        if (outcome.IsUnexpected)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", Clean(report.Shrunk?.Failure?.Message ?? CampaignText.Line(outcome)));
            xml.WriteAttributeString(
                "type", Clean(report.Shrunk?.Failure?.Exception.GetType().FullName ?? ReportJson.Word(outcome.Verdict)));
            xml.WriteString(Clean(CampaignText.Of(outcome, target)));
            xml.WriteEndElement();
        }
        else if (outcome.Verdict == CampaignVerdict.Interrupted)
        {
            xml.WriteElementString("skipped", Clean(CampaignText.Line(outcome)));
        }

        xml.WriteEndElement();
    }

    private static string Told(CampaignOutcome outcome) =>
        $"{CampaignText.Line(outcome)}\n{(CampaignText.Notes(outcome.Report) is { Length: > 0 } notes ? $"{notes}\n" : "")}";

    private static void Start(XmlWriter xml, string name, string target, TimeSpan time)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Clean(name));
        xml.WriteAttributeString("classname", Clean(target));
        xml.WriteAttributeString("time", Seconds(time));
    }

    private static void Property(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        xml.WriteAttributeString("name", Clean(name));
        xml.WriteAttributeString("value", Clean(value));
        xml.WriteEndElement();
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan length) =>
        ((decimal)length.Ticks / TimeSpan.TicksPerSecond).ToString("0.000####", CultureInfo.InvariantCulture);

    // XML cannot hold most control characters, not even escaped; a pair of surrogates is one character.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                clean.Append(text, i++, 2);
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
            }
        }

        return clean.ToString();
    }
}
