namespace Sim.Scoreboard;

/// <summary>An experiment and its figures.</summary>
internal sealed record VariantBoard(Variant Variant, Board Board)
{
    /// <summary>Measures all experiments on the programs and strategies of a board, as often as there.</summary>
    public static IReadOnlyList<VariantBoard> MeasureAll(BoardOptions options) =>
        [.. Variants.All.Select(variant => (variant, options: variant.On(options)))
            .Where(static one => one.options is { Programs.Count: > 0, Columns.Count: > 0 })
            .Select(static one => new VariantBoard(one.variant, Board.Measure(one.options)))];
}
