using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.Testing.NUnit;

namespace Sim.Tests;

public class FailureAttachmentsTests
{
    [TestCase("Shop.CartTests.Total", "Shop.CartTests.Total")]
    [TestCase("Shop.CartTests.Total(1,\"a/b\")", "Shop.CartTests.Total_1__a_b__-2ff843f4")]
    [TestCase("Shop.CartTests.Total(1,\"a:b\")", "Shop.CartTests.Total_1__a_b__-121d9a19")]
    [TestCase("Con.CartTests.Total", "_Con.CartTests.Total-3dab78f2")]
    [TestCase("Shop.ÄpfelTests", "Shop._pfelTests-62132c31")]
    public void Names_AreSafeOnEveryFileSystem_AndDiffer(string test, string name) =>
        Assert.That(FailureAttachments.FileNameOf(test), Is.EqualTo(name));

    [Test]
    public void LongNames_AreCutAndTellApart()
    {
        var (first, second) = (FailureAttachments.FileNameOf(new string('a', 300)), FailureAttachments.FileNameOf(new string('a', 301)));

        Assert.That((first.Length, second.Length), Is.EqualTo((109, 109)));
        Assert.That(first, Is.Not.EqualTo(second));
    }

    [Test]
    public void FailedTest_LeavesTraceReplayAndTimeline_AndOneThatHoldsTakesThemAway()
    {
        var attribute = new SimTestAttribute { Runs = 50 };
        Switched.Fails = true;
        var result = Bench.Run<Switched>(nameof(Switched.Acts), attribute);
        var (trace, replay, timeline) = (PathOf("trace.txt"), PathOf("replay.txt"), PathOf("timeline.html"));

        Assert.That(result.TestAttachments.Select(static file => file.FilePath), Is.EqualTo(new[] { trace, replay, timeline }));
        Assert.That(File.ReadAllText(trace), Does.Contain("what happens").And.Contain("FAILS: InvalidOperationException: late is first"));
        Assert.That(File.ReadAllText(timeline), Does.StartWith("<!doctype html>").IgnoreCase.And.Contain("late is first"));
        var line = ReplayLine.Parse(File.ReadLines(replay).First());
        Assert.That(File.ReadAllText(replay), Does.Contain($"dotnet test -e SIM_REPLAY={line}").And.Contain($"[SimReplay(\"{line}\")]"));
        Assert.That(result.Message, Does.Contain($"[SimReplay(\"{line}\")]"));

        Switched.Fails = false;
        Bench.Run<Switched>(nameof(Switched.Acts), attribute);
        Assert.That((File.Exists(trace), File.Exists(replay), File.Exists(timeline)), Is.EqualTo((false, false, false)));
    }

    private static string PathOf(string suffix) => Path.Combine(
        TestContext.CurrentContext.WorkDirectory,
        ".sim",
        "failures",
        $"{FailureAttachments.FileNameOf($"{typeof(Switched).FullName}.{nameof(Switched.Acts)}")}.{suffix}");

    /// <summary>No fixture of the suite: its methods carry no attribute.</summary>
    private sealed class Switched
    {
        public static bool Fails { get; set; }

        public async Task Acts()
        {
            var order = new List<string>();
            await Asyncio.GatherAsync(
                Asyncio.CreateTask(() => ArriveAsync(order, "early"), "early"),
                Asyncio.CreateTask(() => ArriveAsync(order, "late"), "late"));
            if (Fails && order[0] != "early")
            {
                // Half of a surrogate pair: some texts are cut so, and files are written all the same.
                throw new InvalidOperationException($"{order[0]} is first \ud83d");
            }
        }

        private static async Task ArriveAsync(List<string> order, string name)
        {
            await Asyncio.YieldAsync();
            order.Add(name);
        }
    }
}
