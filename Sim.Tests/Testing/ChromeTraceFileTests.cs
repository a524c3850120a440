using System.Text;
using System.Text.Json;
using NUnit.Framework;
using Sim.Testing;

namespace Sim.Tests;

/// <summary>The trace-event file: its text, and the rules of the format that viewers rely on.</summary>
public class ChromeTraceFileTests
{
    [Test]
    public Task File_OfTheAccountRace() => Verify(CodePlaces.Without(Text(Timeline.Of(TimelineRuns.AccountRace, "Samples"))));

    [Test]
    public void Events_FollowTheFormat()
    {
        foreach (var run in TimelineRuns.All())
        {
            var events = Events(new Timeline("run", [run]));
            foreach (var one in events)
            {
                Assert.That(one.GetProperty("name").GetString(), Is.Not.Empty);
                Assert.That(one.GetProperty("pid").GetInt32(), Is.EqualTo(1));
                Assert.That(one.GetProperty("tid").GetInt32(), Is.InRange(0, run.Lanes.Count));
                var required = one.GetProperty("ph").GetString() switch
                {
                    "M" => (string[])["args"],
                    "X" => ["ts", "dur", "cat"],
                    "i" => ["ts", "s", "cat"],
                    "s" => ["ts", "id", "cat"],
                    "f" => ["ts", "id", "cat", "bp"],
                    var other => throw new AssertionException($"There is no phase {other} in it."),
                };
                Assert.That(required.Where(name => !one.TryGetProperty(name, out _)), Is.Empty);
            }

            Assert.That(events.Count(static one => IsA(one, "M", "thread_name")), Is.EqualTo(run.Lanes.Count));
        }
    }

    [Test]
    public void Steps_StandOneAfterTheOther_NotBeforeTheirTime()
    {
        foreach (var run in TimelineRuns.All())
        {
            var steps = Events(new Timeline("run", [run]))
                .Where(static one => IsA(one, "X") && Category(one).StartsWith("step", StringComparison.Ordinal)).ToList();
            Assert.That(
                steps.Select(static one => one.GetProperty("args").GetProperty("step").GetInt64()),
                Is.EqualTo(run.Steps.Select(static step => step.Number)));
            var free = 0m;
            foreach (var (one, step) in steps.Zip(run.Steps))
            {
                Assert.That(Time(one), Is.EqualTo(Math.Max(free, step.Time.Ticks / 10m)));
                free = Time(one) + one.GetProperty("dur").GetDecimal();
            }
        }
    }

    [Test]
    public void SlicesOfALane_DoNotOverlap()
    {
        var lanes = TimelineRuns.All().SelectMany(static run =>
            Events(new Timeline("run", [run])).Where(static one => IsA(one, "X")).GroupBy(Thread));
        foreach (var lane in lanes)
        {
            var free = -1m;
            foreach (var slice in lane.OrderBy(Time))
            {
                Assert.That(Time(slice), Is.GreaterThanOrEqualTo(free));
                free = Time(slice) + slice.GetProperty("dur").GetDecimal();
            }
        }
    }

    [Test]
    public void EveryArrow_IsAFlow_FromASliceToASlice()
    {
        foreach (var run in TimelineRuns.All())
        {
            var events = Events(new Timeline("run", [run]));
            var begins = events.Where(static one => IsA(one, "X")).Select(static one => (Thread(one), Time(one))).ToHashSet();
            var flows = events.Where(static one => IsA(one, "s") || IsA(one, "f"))
                .GroupBy(static one => one.GetProperty("id").GetString()).ToList();
            Assert.That(flows, Has.Count.EqualTo(run.Arrows.Count()));
            foreach (var flow in flows.Select(static flow => flow.ToList()))
            {
                Assert.That(flow.Select(static one => one.GetProperty("ph").GetString()), Is.EqualTo((string[])["s", "f"]));
                Assert.That(Time(flow[0]), Is.LessThan(Time(flow[1])));
                Assert.That(flow.Select(one => begins.Contains((Thread(one), Time(one)))), Has.All.True);
            }
        }
    }

    private static string Text(Timeline timeline)
    {
        using var stream = new MemoryStream();
        ChromeTraceFile.Write(timeline, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static List<JsonElement> Events(Timeline timeline) =>
        [.. JsonDocument.Parse(Text(timeline)).RootElement.GetProperty("traceEvents").EnumerateArray()];

    private static bool IsA(JsonElement one, string phase, string? name = null) =>
        one.GetProperty("ph").ValueEquals(phase) && (name is null || one.GetProperty("name").ValueEquals(name));

    private static string Category(JsonElement one) => one.GetProperty("cat").GetString()!;

    private static int Thread(JsonElement one) => one.GetProperty("tid").GetInt32();

    private static decimal Time(JsonElement one) => one.GetProperty("ts").GetDecimal();
}
