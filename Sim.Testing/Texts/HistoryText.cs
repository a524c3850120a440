using System.Globalization;
using System.Text;
using Sim.World;

namespace Sim.Testing;

/// <summary>The text of a history that was checked: the calls as a table, and the order that explains them or why there is none.</summary>
public static class HistoryText
{
    /// <summary>The table alone.</summary>
    public static string Of(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return new HistoryTable(history).ToString();
    }

    /// <summary>The table, and below it the reason.</summary>
    public static string Of(LinearizabilityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder(Of(report.History)).Append("\n\n");
        if (report.Failed is { } failed)
        {
            AppendReason(text, failed);
        }
        else
        {
            foreach (var part in report.Parts)
            {
                text.Append(part.Part is null ? "It is" : $"The calls on {ValueText.Of(part.Part)} are").Append(" explained by this order:\n");
                AppendOrder(text, part);
            }
        }

        return text.ToString().TrimEnd('\n');
    }

    private static void AppendReason(StringBuilder text, Linearization failed)
    {
        var of = failed.Part is null ? "" : $" on {ValueText.Of(failed.Part)}";
        if (failed.Order.IsEmpty)
        {
            text.Append($"No order of the calls{of} explains what they return. None can be the first, when the state is {failed.State}:\n");
        }
        else
        {
            text.Append($"No order of the calls{of} explains what they return. The longest beginning of one:\n");
            AppendOrder(text, failed);
            text.Append(failed.Rejected.Length == 1 ? "\nAfter it this one cannot come:\n" : "\nAfter it none of these can come:\n");
        }

        var lines = failed.Rejected.Select(static rejected => (Call: rejected.Call.ToString(), rejected.Reason)).ToList();
        var width = lines.Max(static line => line.Call.Length);
        foreach (var (call, reason) in lines)
        {
            text.Append($"  {call.PadRight(width)}   {reason}\n");
        }
    }

    private static void AppendOrder(StringBuilder text, Linearization part)
    {
        var width = part.Order.Select(static placed => placed.Call.ToString().Length).DefaultIfEmpty().Max();
        for (var i = 0; i < part.Order.Length; i++)
        {
            var (call, state) = part.Order[i];
            text.Append(CultureInfo.InvariantCulture, $"  {i + 1}. {call.ToString().PadRight(width)}   the state is {state}\n");
        }
    }
}
