using Sim.World;

namespace Sim.Scoreboard;

/// <summary>A strategy on the board.</summary>
/// <param name="Title">As the literature calls it.</param>
/// <param name="Strategy">The name of its family.</param>
internal sealed record Column(string Title, string Strategy)
{
    /// <summary>The strategies themselves.</summary>
    public IStrategyFamily Family { get; init; } = StrategyFamilies.Parse(Strategy);

    public static IReadOnlyList<Column> All { get; } =
    [
        new("RW", "random"),
        new("POS", "pos"),
        new("PCT3", "pct:3"),
        new("PCT10", "pct:10"),
        new("URW", "urw"),
        new("SURW", "surw"),
        new("starve", "starve"),
        new("portfolio", "portfolio"),
    ];
}
