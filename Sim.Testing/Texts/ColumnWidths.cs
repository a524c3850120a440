namespace Sim.Testing;

/// <summary>The columns of a table in a terminal: as wide as what is in them, and the widest give way until all have room.</summary>
internal static class ColumnWidths
{
    private const int Narrowest = 8;

    /// <summary>The widths.</summary>
    /// <param name="wanted">How wide each would be.</param>
    /// <param name="room">How wide all may be together, with the gaps.</param>
    /// <param name="gap">How much is between two.</param>
    /// <param name="widest">How wide one may be where there is no room for all.</param>
    public static int[] Fit(IReadOnlyList<int> wanted, int room, int gap, int widest = WrappedText.Width)
    {
        var widths = wanted.ToArray();
        for (var cap = widest; cap > Narrowest && widths.Sum(width => width + gap) > room; cap--)
        {
            widths = [.. wanted.Select(width => Math.Min(width, cap))];
        }

        return widths;
    }
}
