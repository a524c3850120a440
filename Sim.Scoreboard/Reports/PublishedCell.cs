namespace Sim.Scoreboard;

/// <summary>A figure of somebody else.</summary>
/// <param name="Text">As it was published.</param>
/// <param name="Mean">Schedules to the first failure; null if there was none.</param>
/// <param name="Found">In how many trials of 20.</param>
internal sealed record PublishedCell(string Text, double? Mean, int Found)
{
    /// <summary>Above it, or below its inverse, a quotient needs a word of explanation.</summary>
    public const int Factor = 3;

    /// <summary>
    /// How many times as many schedules we need: below 1 is better than published. Null where one of the two has found nothing,
    /// so that there is nothing to divide.
    /// </summary>
    public double? RatioOf(Cell ours) => ours.Mean / Mean;

    /// <summary>Whether the quotient is within the factor, or neither has found anything.</summary>
    public bool IsNear(Cell ours) =>
        RatioOf(ours) is { } ratio ? ratio is <= Factor and >= 1.0 / Factor : ours.Found == 0 && Found == 0;
}
