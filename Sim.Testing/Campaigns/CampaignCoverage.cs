namespace Sim.Testing;

/// <summary>
/// How much of the schedules of a scenario a campaign has seen. The chance that one more run is of a class never seen is about
/// <see cref="SeenOnce"/> / <see cref="Runs"/> (Good, 1953, after Turing), if the runs were drawn alike.
/// </summary>
/// <param name="Runs">How many runs were counted.</param>
/// <param name="Classes">
/// How many happens-before classes they make: schedules that differ in more than the order of independent steps.
/// </param>
/// <param name="SeenOnce">How many classes were seen in one run only.</param>
/// <param name="HandOvers">How many hand-overs of a resource, from one task to another, were seen.</param>
public readonly record struct CampaignCoverage(long Runs, long Classes, long SeenOnce, long HandOvers)
{
    /// <summary>Before so many runs nothing is said of a chance.</summary>
    private const int Least = 1_024;

    /// <summary>The chance that is small enough: one in so many.</summary>
    internal const int OneIn = 1_000;

    /// <summary>Looked at after every so many runs, so that it does not depend on who makes them.</summary>
    private const int Every = 256;

    /// <summary>Whether one more run is of a new class with a chance of at most 1 in 1,000.</summary>
    internal bool IsEnough => Runs >= Least && Runs % Every == 0 && SeenOnce * OneIn <= Runs;
}
