using System.Text;

namespace Sim.Testing.NUnit;

/// <summary>The failure text, in Verify's layout: editors and tools parse what stands above <c>FileContent:</c>.</summary>
internal static class SnapshotMessage
{
    public static string Of(string directory, SnapshotOutcome outcome)
    {
        var received = Path.GetFileName(outcome.Pair.Received);
        var verified = Path.GetFileName(outcome.Pair.Verified);
        if (outcome.Verdict == SnapshotVerdict.CarriageReturn)
        {
            return CarriageReturn(directory, outcome.VerifiedText!, received, verified);
        }

        // The order of the sections is fixed: New, NotEqual, Delete, Equal.
        var message = new StringBuilder($"Directory: {directory}\n");
        var pair = $"{outcome.Verdict}:\n  - Received: {received}\n    Verified: {verified}\n";
        message.Append(outcome.Verdict == SnapshotVerdict.Equal ? "" : pair);
        message.Append(outcome.Strays.Count == 0 ? "" : "Delete:\n");
        foreach (var stray in outcome.Strays)
        {
            message.Append($"  - {Path.GetFileName(stray)}\n");
        }

        message.Append(outcome.Verdict == SnapshotVerdict.Equal ? pair : "");
        if (outcome.Verdict != SnapshotVerdict.Equal)
        {
            message.Append($"\nFileContent:\n\n{outcome.Verdict}:\n\nReceived: {received}\n{outcome.ReceivedText}\n");
            message.Append(outcome.Verdict == SnapshotVerdict.New ? "" : $"Verified: {verified}\n{outcome.VerifiedText}\n");
            message.Append('\n');
        }

        return message.ToString();
    }

    private static string CarriageReturn(string directory, string text, string received, string verified)
    {
        var line = text.AsSpan(0, text.IndexOf('\r', StringComparison.Ordinal)).Count('\n') + 1;
        return $"Directory: {directory}\n"
            + $"{verified} has a carriage return (\\r) in line {line}; lines of a snapshot end with \\n alone.\n"
            + "Likely git or an editor converted the file. Add this line to .gitattributes and check the file out again:\n"
            + "*.verified.txt text eol=lf working-tree-encoding=UTF-8\n"
            + $"What the test produced is in {received}.\n";
    }
}
