using Sim.Core;
using Sim.World;

namespace Sim.Testing;

/// <summary>What happened, in words: the message of a failure, below its headline.</summary>
internal static class FailureWords
{
    private const string Nobody =
        "Nobody awaits what failed here, so in production the error would be lost, or only logged. Await it, or handle the error inside.";

    /// <summary>The lines. A message of this library is broken between words; one of the code under test stays as it is.</summary>
    public static string Of(Failure failure)
    {
        var message = failure.Exception is LoopException
            ? string.Join('\n', failure.Message.Split('\n').SelectMany(Wrap))
            : failure.Message;
        message += failure.Details;
        return failure is { Kind: FailureKind.Unobserved, Exception: not LostErrorException } ? $"{message}\n\n{Nobody}" : message;
    }

    private static IEnumerable<string> Wrap(string line) =>
        WrappedText.Lines(line, WrappedText.Width, indent: line.Length - line.TrimStart().Length + 2);
}
