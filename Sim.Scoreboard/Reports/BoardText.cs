using System.Globalization;
using System.Text;

namespace Sim.Scoreboard;

/// <summary>A board as a table for the console.</summary>
internal static class BoardText
{
    public static string Write(Board board)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"program",-20}{"tasks",6}{"events",7}");
        foreach (var column in board.Options.Columns)
        {
            text.Append(CultureInfo.InvariantCulture, $"{column.Title,12}{"/s",9}");
        }

        text.Append('\n');
        foreach (var row in board.Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Program.Name,-20}{row.Size.Tasks,6}{row.Size.Events,7}");
            foreach (var cell in row.Cells)
            {
                text.Append(CultureInfo.InvariantCulture, $"{Figures.Mean(cell),12}{Figures.Speed(cell),9}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
