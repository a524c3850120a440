using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>What an explanation says in words, and how it looks as a table.</summary>
public class ExplanationTextTests
{
    [Test]
    public Task Text_OfManyTasks()
    {
        var body = static async () =>
        {
            var total = 0;
            var names = Enumerable.Range(1, 5).Select(static n => $"helper-{n}");
            Task[] helpers = [.. names.Select(static name => Asyncio.CreateTask(YieldOftenAsync, name)).Select(AwaitAsync)];
            var adders = Enumerable.Range(1, 2).Select(n => Asyncio.CreateTask(AddAsync, $"adder-{n}")).ToArray();
            await Asyncio.GatherAsync<ValueTuple>(adders);
            await Task.WhenAll(helpers);
            if (total != 2)
            {
                throw new InvalidOperationException($"The total is {total}.");
            }

            async Task AddAsync()
            {
                await YieldOftenAsync();
                await Asyncio.YieldBeforeAsync("total", isWrite: false);
                var before = total;
                await Asyncio.YieldBeforeAsync("total");
                total = before + 1;
            }
        };
        return Verify(CodePlaces.Without(Explain("lost-update", body)));

        static async Task AwaitAsync(LoopTask task) => await task;

        static async Task YieldOftenAsync()
        {
            for (var i = 0; i < 4; i++)
            {
                await Asyncio.YieldAsync();
            }
        }
    }

    [Test]
    public void NoOtherSchedule_IsSaid() =>
        Assert.That(
            Explain("always", static () => throw new InvalidOperationException("Wrong.")),
            Is.EqualTo("It is not the order: there was nothing to decide, and so only this schedule.\n\n"));

    [Test]
    public void NoScheduleThatHolds_IsSaid()
    {
        var text = Explain("always", static async () =>
        {
            await Asyncio.GatherAsync<ValueTuple>(Asyncio.CreateTask(YieldAsync, "a"), Asyncio.CreateTask(YieldAsync, "b"));
            throw new InvalidOperationException("Wrong.");
        });
        Assert.That(
            text,
            Does.Match(@"^It is not the order: it fails first in, first out, and none of \d\d other schedules "
                + @"that were tried holds\.\n\n$"));

        static async Task YieldAsync() => await Asyncio.YieldAsync();
    }

    [Test]
    public void ADraw_IsSaid_AndMarked()
    {
        var text = Explain("dice", static async () =>
        {
            await Asyncio.YieldAsync();
            if (Simulation.Current.Draw("dice", 6) == 5)
            {
                throw new InvalidOperationException("A six.");
            }
        });
        Assert.That(text, Does.StartWith("It fails because the 1st draw of 'dice' is 5. With 4, all else before it alike, it holds.\n\n"));
        Assert.That(text, Does.Match(@"\n  >    2 +in [^;]*; draws dice = 5; fails"));
        Assert.That(text, Does.Contain("\n          FAILS: InvalidOperationException: A six.\n"));
    }

    [Test]
    public void WorkThatIsLate_IsSaid()
    {
        var text = Explain(
            "lease",
            static async () =>
            {
                var end = Asyncio.GetRunningLoop().Time + TimeSpan.FromSeconds(1);
                await Asyncio.YieldAsync();
                if (Asyncio.GetRunningLoop().Time >= end)
                {
                    throw new InvalidOperationException("The lease is over.");
                }
            },
            "starve");
        Assert.That(
            text,
            Does.StartWith("It fails because the 2nd step of main runs 1.000s late. If it runs 0.100s late, all else before it alike, it holds.\n\n"));
        Assert.That(text, Does.Match(@"\n  >    2  1\.000s  in [^;]*; fails"));
    }

    [Test]
    public void NoLineIsWiderThanATerminal()
    {
        var text = Explain("account", static async () =>
        {
            await Asyncio.GatherAsync<ValueTuple>(
                Enumerable.Range(1, 6)
                    .Select(static n => Asyncio.CreateTask(YieldAsync, $"a task with quite a long name, number {n}")).ToArray());
            if (Simulation.Current.Draw("amount", 3) > 0)
            {
                throw new InvalidOperationException(string.Join(' ', Enumerable.Repeat("That was too much.", 20)));
            }
        });
        Assert.That(text.Split('\n').Max(static line => line.Length), Is.InRange(80, 120));
        Assert.That(text, Does.Contain("That was too much. That was too m").And.Contain("…\n"));

        static async Task YieldAsync() => await Asyncio.YieldAsync();
    }

    [Test]
    public void AStillFailingReplay_PointsToTheExplanation()
    {
        var line = Campaign.Run(Races.Account, new CampaignOptions { Runs = 300 }).Replay!;
        var text = FailureText.Of(Races.Account, ReplayReport.Make(Races.Account, line), "Folder");
        Assert.That(text, Does.Contain($"\nWhy it fails: sim explain Folder {line}\n"));
    }

    [Test]
    public void ExplainedReplay_HasBothRuns_AndLinesThatReplayThem()
    {
        var line = Campaign.Run(Races.Account, new CampaignOptions { Runs = 300 }).Replay!;
        var replay = ReplayReport.Make(Races.Account, line);
        var text = RunText.OfExplained(Races.Account, replay, Races.Account.Explain(replay.Run), "Folder");
        var replays = text.Split('\n').Where(static line => line.Contains("sim replay", StringComparison.Ordinal))
            .Select(static line => ReplayReport.Make(Races.Account, ReplayLine.Parse(line.Split(' ')[^1]))).ToList();
        Assert.That(replays.Select(static replay => replay.IsIdentical), Is.EqualTo((bool[])[true, true]));
        Assert.That(replays.Select(static replay => replay.Run.Passed), Is.EqualTo((bool[])[false, true]));
        Assert.That(text, Does.Contain("It fails because").And.Contain("The run that fails:").And.Contain("The run that holds:"));
    }

    private static string Explain(string name, Func<Task> body, string strategy = "random")
    {
        var options = new CampaignOptions { Runs = 300, Strategy = StrategyFamilies.Parse(strategy) };
        var report = Campaign.Run(new Scenario(name, body), options);
        return ExplanationText.Of(report.Explanation!);
    }
}
