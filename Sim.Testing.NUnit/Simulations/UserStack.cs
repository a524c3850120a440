using NUnit.Framework.Internal;

namespace Sim.Testing.NUnit;

/// <summary>The stack trace of an exception without what NUnit and the harness have put on it, so that a click leads to the test.</summary>
internal static class UserStack
{
    private static readonly string[] _harness = ["Sim.Core.", "Sim.World.", "Sim.Testing.", "System.Reflection."];

    /// <summary>The frames of the code under test; null if there are none.</summary>
    public static string? Of(Exception error)
    {
        if (StackFilter.DefaultFilter.Filter(error.StackTrace) is not { } stack)
        {
            return null;
        }

        var frames = stack.Split('\n').Where(static frame => !string.IsNullOrWhiteSpace(frame) && !IsHarness(frame.Trim())).ToArray();
        return !frames.Any(static frame => frame.TrimStart().StartsWith("at ", StringComparison.Ordinal))
            ? null
            : string.Join('\n', frames);
    }

    private static bool IsHarness(string frame) =>
        frame.StartsWith("at ", StringComparison.Ordinal)
        && _harness.Any(space => frame.AsSpan(3).StartsWith(space, StringComparison.Ordinal));
}
