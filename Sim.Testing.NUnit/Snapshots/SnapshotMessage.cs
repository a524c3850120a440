using System.Text;

namespace Sim.Testing.NUnit;

/// <summary>The failure text, in Verify's layout: editors and tools parse what stands above <c>FileContent:</c>.</summary>
internal static class SnapshotMessage
{
    public static string Of(string directory, SnapshotOutcome outcome)
    {
        if (outcome.Of(SnapshotVerdict.CarriageReturn).FirstOrDefault() is { } converted)
        {
            return CarriageReturn(directory, converted);
        }

        // The order of the sections is fixed: New, NotEqual, Delete, Equal.
        var message = new StringBuilder($"Directory: {directory}\n");
        AppendPairs(message, SnapshotVerdict.New, outcome);
        AppendPairs(message, SnapshotVerdict.NotEqual, outcome);
        message.Append(outcome.Strays.Count == 0 ? "" : "Delete:\n");
        foreach (var stray in outcome.Strays)
        {
            message.Append($"  - {Path.GetFileName(stray)}\n");
        }

        AppendPairs(message, SnapshotVerdict.Equal, outcome);
        if (outcome.Results.Any(result => result.Verdict != SnapshotVerdict.Equal))
        {
            message.Append("\nFileContent:\n\n");
            AppendTexts(message, SnapshotVerdict.New, outcome);
            AppendTexts(message, SnapshotVerdict.NotEqual, outcome);
        }

        return message.ToString();
    }

    private static void AppendPairs(StringBuilder message, SnapshotVerdict verdict, SnapshotOutcome outcome)
    {
        var heading = $"{verdict}:\n";
        foreach (var result in outcome.Of(verdict))
        {
            message.Append($"{heading}  - Received: {Received(result)}\n    Verified: {Verified(result)}\n");
            heading = "";
        }
    }

    private static void AppendTexts(StringBuilder message, SnapshotVerdict verdict, SnapshotOutcome outcome)
    {
        var heading = $"{verdict}:\n\n";
        foreach (var result in outcome.Of(verdict))
        {
            message.Append($"{heading}Received: {Received(result)}\n{result.ReceivedText}\n");
            message.Append(verdict == SnapshotVerdict.New ? "" : $"Verified: {Verified(result)}\n{result.VerifiedText}\n");
            message.Append('\n');
            heading = "";
        }
    }

    private static string CarriageReturn(string directory, SnapshotResult result)
    {
        var text = result.VerifiedText!;
        var line = text.AsSpan(0, text.IndexOf('\r', StringComparison.Ordinal)).Count('\n') + 1;
        return $"Directory: {directory}\n"
            + $"{Verified(result)} has a carriage return (\\r) in line {line}; lines of a snapshot end with \\n alone.\n"
            + "Likely git or an editor converted the file. Add this line to .gitattributes and check the file out again:\n"
            + "*.verified.txt text eol=lf working-tree-encoding=UTF-8\n"
            + $"What the test produced is in {Received(result)}.\n";
    }

    private static string Received(SnapshotResult result) => Path.GetFileName(result.Pair.Received);

    private static string Verified(SnapshotResult result) => Path.GetFileName(result.Pair.Verified);
}
