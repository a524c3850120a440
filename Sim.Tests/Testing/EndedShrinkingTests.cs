using NUnit.Framework;
using Sim.Testing;

namespace Sim.Tests;

/// <summary>Who does not want to wait gets what there is.</summary>
[TestFixture]
public sealed class EndedShrinkingTests
{
    [Test]
    public void AFailure_ThatIsInterruptedWhenFound_IsReportedAsItIs()
    {
        using var interrupted = new CancellationTokenSource();
        var runs = 0;
        var scenario = Races.Account with
        {
            Body = async () =>
            {
                runs++;
                try
                {
                    await Races.Account.Body();
                }
                catch
                {
                    interrupted.Cancel();
                    throw;
                }
            },
        };

        var report = Campaign.Run(scenario, new CampaignOptions { Runs = 300, Workers = 1 }, cancellationToken: interrupted.Token);

        Assert.That((report.Held, report.ShrunkIsMinimal, report.Explanation), Is.EqualTo((false, false, (object?)null)));
        Assert.That(report.ShrinkRuns, Is.LessThan(5), $"{runs} runs in all");
        Assert.That(report.Replay, Is.Not.Null);
    }

    [Test]
    public void AnExplanation_ThatIsInterrupted_IsNone()
    {
        var run = Campaign.Run(Races.Account, new CampaignOptions { Runs = 300 }).Shrunk!;

        Assert.That(() => Races.Account.Explain(run, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }
}
