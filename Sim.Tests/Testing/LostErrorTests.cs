using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>Exceptions of async calls that nobody awaits: .NET alone would never tell.</summary>
public sealed class LostErrorTests
{
    [Test]
    public void ExceptionOfACallThatNobodyAwaits_IsFound()
    {
        var report = Campaign.Run(new Scenario("lost", ForgetAsync), new CampaignOptions { Runs = 3 });

        Assert.That(report.Found!.Failure, Is.Not.Null);
        var failure = report.Found.Failure!;
        Assert.That((failure.Kind, failure.Task, failure.Time.SinceOrigin), Is.EqualTo((FailureKind.Unobserved, "main", TimeSpan.FromSeconds(1))));
        Assert.That(failure.Message, Does.StartWith(
            "LostErrorException: FormatException: late. It was thrown in an async call that nobody awaited: await it,"));
        Assert.That(failure.Exception.InnerException, Is.TypeOf<FormatException>());
    }

    [Test]
    public void ItsReplay_FindsItToo()
    {
        var scenario = new Scenario("lost", ForgetAsync);
        var line = Campaign.Run(scenario).Replay!;

        var replay = ReplayReport.Make(scenario, line);

        Assert.That(replay.Run.Failure?.Exception, Is.TypeOf<LostErrorException>());
        Assert.That(replay.IsIdentical, Is.True);
    }

    [Test]
    public void ExceptionThatIsCaught_IsNotLost()
    {
        var report = Campaign.Run(new Scenario("caught", CatchAsync), new CampaignOptions { Runs = 3 });

        Assert.That(report.Held, Is.True);
    }

    private static async Task ForgetAsync()
    {
        _ = FailAsync();
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(5));
    }

    private static async Task CatchAsync()
    {
        try
        {
            await FailAsync();
        }
        catch (FormatException)
        {
            await Asyncio.YieldAsync();
        }
    }

    private static async Task FailAsync()
    {
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
        throw new FormatException("late");
    }
}
