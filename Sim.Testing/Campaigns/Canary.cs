using Sim.World;

namespace Sim.Testing;

/// <summary>
/// The harness doubts itself: before a campaign may say that a scenario holds, it must find a planted bug in the same way, by
/// the same strategy and through all that follows, up to the replay from the printed line. After the canary fuzzer of
/// TigerBeetle's VOPR, which must fail.
/// </summary>
/// <param name="explore">Makes a campaign.</param>
/// <param name="replay">Replays a failure.</param>
internal sealed class Canary(Func<Scenario, CampaignOptions, CampaignReport> explore, Func<Scenario, ReplayLine, ReplayReport> replay)
{
    /// <summary>A strategy that needs more runs for this does not search.</summary>
    private const int Runs = 1_000;

    /// <summary>How many decisions the bug takes at most, when shrunk.</summary>
    private const int Decisions = 2;

    /// <summary>Sends a canary ahead of a campaign with these options.</summary>
    /// <exception cref="BrokenHarnessException">It was not found, or not as it should be; the message says how.</exception>
    public void Check(CampaignOptions options)
    {
        CheckBug(options.Strategy);
        CheckDoubt();
    }

    private void CheckBug(IStrategyFamily family)
    {
        var scenario = CanaryBug.For(family.Varies);
        var report = explore(scenario, new CampaignOptions { Runs = Runs, Strategy = family, Repetitions = 1, CountsCoverage = false });
        if (report.Found is not { Failure: { } found } || report.Shrunk is not { } shrunk)
        {
            throw Broken(family, $"does not find the bug of {scenario.Name} in {Counted.Of(report.Runs, "run")}");
        }

        if (found.Exception is not CanaryBug.ShownException || report.Replay is not { } line)
        {
            throw Broken(family, $"finds something else than the bug of {scenario.Name}: {OneLine(found.Message)}");
        }

        if (shrunk.Script.Count > Decisions)
        {
            throw Broken(family, $"does not shrink the bug of {scenario.Name}, which takes {shrunk.Script.Count} decisions");
        }

        var replayed = replay(scenario, ReplayLine.Parse(line.ToString()));
        if (!found.IsSameAs(replayed.Run.Failure) || !replayed.IsIdentical)
        {
            throw Broken(family, $"finds the bug of {scenario.Name}, but {line} does not reproduce it");
        }
    }

    // Whoever does not notice this one would also replay and shrink what cannot be.
    private void CheckDoubt()
    {
        var scenario = CanaryBug.Unsteady();
        var report = explore(scenario, new CampaignOptions { Runs = 1, Repetitions = 1, CountsCoverage = false });
        if (report.Found?.Failure is not { Kind: FailureKind.Nondeterministic })
        {
            throw new BrokenHarnessException(
                $"The harness is broken: it does not notice that {scenario.Name} is another run each time it is made. What it says of "
                + "other scenarios is worth nothing. Please report this as a bug of Sim.");
        }
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static BrokenHarnessException Broken(IStrategyFamily family, string how) => new(
        $"The harness is broken: strategy {family.Name} {how}. What it says of other scenarios is worth nothing. "
        + "If the strategy is your own, mend it (IStrategyFamily.Varies tells what its seeds decide); otherwise please report this as "
        + "a bug of Sim.");
}
