using System.Globalization;
using System.Text;
using NUnit.Framework;
using NUnit.Framework.Internal;

namespace Sim.Testing.NUnit;

/// <summary>
/// The files that a failed test leaves: the whole trace, the replay line with what to do with it, and the timeline as a page. In
/// <c>.sim/failures</c> below the runner's work directory, by the name of the test, so that the next failure takes the place of
/// this one.
/// </summary>
internal sealed class FailureAttachments
{
    private const int LongestName = 100;

    // What each file is: another view of a failure is another line here.
    private static readonly (string Suffix, string Description, Func<FailedTest, string?> Write)[] _kinds =
    [
        ("trace.txt", "The trace of the failing run", static failed => $"{failed.Run.Trace}\n"),
        ("replay.txt", "The failing run as a replay line", WriteReplay),
        ("timeline.html", "The failing run as a page, beside the nearest that holds", static failed =>
            TimelinePage.Of(Timeline.Of(failed.Scenario, failed.Run, failed.Target, failed.Explanation))),
    ];

    // Not a file's name on Windows, whatever follows behind a dot.
    private static readonly string[] _devices =
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(static i => (string[])[$"COM{i}", $"LPT{i}"])];

    private readonly string _folder;
    private readonly string _name;

    /// <summary>The files of a test.</summary>
    /// <param name="workDirectory">The runner's work directory.</param>
    /// <param name="test">The full name of the test.</param>
    public FailureAttachments(string workDirectory, string test)
    {
        _folder = Path.Combine(workDirectory, ".sim", "failures");
        _name = FileNameOf(test);
    }

    /// <summary>Those of a test that runs now.</summary>
    public static FailureAttachments Of(Test test) => new(TestContext.CurrentContext.WorkDirectory, test.FullName);

    /// <summary>Writes the files, in place of earlier ones.</summary>
    /// <returns>Their paths with a description for each.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">They cannot be written.</exception>
    public IReadOnlyList<(string Path, string Description)> Write(FailedTest failed)
    {
        Directory.CreateDirectory(_folder);
        var written = new List<(string, string)>();
        foreach (var (suffix, description, write) in _kinds)
        {
            if (write(failed) is { } text)
            {
                var path = PathOf(suffix);
                // Half of a surrogate pair in a name is written as the sign for what is no character, and is no reason to fail.
                File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
                written.Add((path, description));
            }
        }

        return written;
    }

    /// <summary>Takes away what an earlier failure has left: the test holds now.</summary>
    public void Clear()
    {
        foreach (var (suffix, _, _) in _kinds)
        {
            try
            {
                File.Delete(PathOf(suffix));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // A file that somebody reads may stay: it is of an earlier time, and says so by its date.
            }
        }
    }

    // Letters, digits and three marks are a file's name everywhere. What is replaced or cut is told apart by a hash.
    internal static string FileNameOf(string test)
    {
        var safe = new string([.. test.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '_')]);
        safe = _devices.Contains(safe.Split('.')[0], StringComparer.OrdinalIgnoreCase) ? $"_{safe}" : safe;
        if (safe.Length <= LongestName && safe.Equals(test, StringComparison.Ordinal))
        {
            return safe;
        }

        var beginning = safe[..Math.Min(safe.Length, LongestName)].TrimEnd('.');
        return string.Create(CultureInfo.InvariantCulture, $"{beginning}-{StableHash.Of(test):x8}");
    }

    private string PathOf(string suffix) => Path.Combine(_folder, $"{_name}.{suffix}");

    private static string? WriteReplay(FailedTest failed) => failed.Replay is { } line
        ? $"{line}\n\n{FailureText.CommandsOf(failed.Scenario, line, failed.Target)}{failed.Pin}"
        : null;
}
