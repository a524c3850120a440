using System.Globalization;

namespace Sim.World;

/// <summary>The families of strategies, and their names on command lines. Any thread.</summary>
public static class StrategyFamilies
{
    // A depth beyond the length of a program finds nothing: few of the drawn ones are large.
    private static readonly int[] _depths = [2, 3, 3, 5, 9];
    private static readonly int[] _delays = [1, 2, 3, 5];

    /// <summary>asyncio's own order; draws are tame. The same run for every seed.</summary>
    public static IStrategyFamily Fifo { get; } = new Family("fifo", static (_, _) => new FifoStrategy(), Varies: null);

    /// <inheritdoc cref="RandomStrategy"/>
    public static IStrategyFamily Random { get; } = new Family("random", static (seed, _) => new RandomStrategy(seed));

    /// <inheritdoc cref="RoundRobinStrategy"/>
    public static IStrategyFamily RoundRobin { get; } = new Family(
        "round-robin", static (seed, _) => new RoundRobinStrategy(seed), DecisionKind.Draw);

    /// <inheritdoc cref="PosStrategy"/>
    public static IStrategyFamily Pos { get; } = new Family("pos", static (seed, _) => new PosStrategy(seed));

    /// <inheritdoc cref="UrwStrategy"/>
    public static IStrategyFamily Urw { get; } = new Family("urw", static (seed, profile) => new UrwStrategy(seed, profile));

    /// <summary><see cref="SurwStrategy"/> where tasks share a resource that they announce, <see cref="UrwStrategy"/> elsewhere.</summary>
    public static IStrategyFamily Surw { get; } = new Family(
        "surw", static (seed, profile) => profile.SharedResources > 0 ? new SurwStrategy(seed, profile) : new UrwStrategy(seed, profile));

    /// <inheritdoc cref="StarveStrategy"/>
    public static IStrategyFamily Starve { get; } =
        new Family("starve", static (seed, profile) => new StarveStrategy(seed, profile), DecisionKind.Time);

    /// <inheritdoc cref="PortfolioFamily"/>
    public static IStrategyFamily Portfolio { get; } = new PortfolioFamily([Random, Surw, Pct(), Urw, Starve, Pos, Delay()]);

    /// <summary>What <see cref="Parse"/> understands, in a line.</summary>
    public static string Names => "fifo, random, round-robin, pct, pct:DEPTH, pos, urw, surw, delay, delay:COUNT, starve, portfolio";

    /// <inheritdoc cref="PctStrategy"/>
    /// <param name="depth">How many events must come in a certain order; null = another depth for each run.</param>
    public static IStrategyFamily Pct(int? depth = null) => depth is { } fixedDepth
        ? new Family(Numbered("pct", fixedDepth), (seed, profile) => new PctStrategy(fixedDepth, seed, profile))
        : new Family("pct", static (seed, profile) => new PctStrategy(_depths[Drawn(seed, _depths.Length)], seed, profile));

    /// <inheritdoc cref="DelayStrategy"/>
    /// <param name="delays">How many delays; null = another number for each run.</param>
    public static IStrategyFamily Delay(int? delays = null) => delays is { } fixedDelays
        ? new Family(Numbered("delay", fixedDelays), (seed, profile) => new DelayStrategy(fixedDelays, seed, profile),
            fixedDelays == 0 ? DecisionKind.Draw : DecisionKind.Order)
        : new Family("delay", static (seed, profile) => new DelayStrategy(_delays[Drawn(seed, _delays.Length)], seed, profile));

    /// <summary>The family with a name.</summary>
    /// <exception cref="FormatException">There is none; the message lists those that are.</exception>
    public static IStrategyFamily Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name switch
        {
            "fifo" => Fifo,
            "random" => Random,
            "round-robin" => RoundRobin,
            "pct" => Pct(),
            "pos" => Pos,
            "urw" => Urw,
            "surw" => Surw,
            "delay" => Delay(),
            "starve" => Starve,
            "portfolio" => Portfolio,
            _ when NumberIn(name, "pct:") is { } depth and >= 1 => Pct(depth),
            _ when NumberIn(name, "delay:") is { } delays => Delay(delays),
            _ => throw new FormatException($"'{name}' is not a strategy: there are {Names}."),
        };
    }

    // At most three digits: a strategy keeps an entry for each.
    private static int? NumberIn(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && name.Length <= prefix.Length + 3
            && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Numbered(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}:{number}");

    // Of another stream than the decisions of the same seed.
    private static int Drawn(long seed, int bound) => new SplitMix64(~seed).Below(bound);

    private sealed record Family(
        string Name, Func<long, RunProfile, IStrategy> Make, DecisionKind? Varies = DecisionKind.Order) : IStrategyFamily
    {
        public IStrategy Create(long seed, RunProfile profile)
        {
            ArgumentNullException.ThrowIfNull(profile);
            return Make(seed, profile);
        }
    }
}
