using Sim.Clock;
using Spectre.Console;

namespace Sim.Cli;

/// <summary>
/// Where the tool writes. A progress bar and colours are for terminals; files, pipes and continuous integration get plain
/// lines.
/// </summary>
internal sealed class ToolConsole
{
    private readonly bool _colours;
    private bool _apart;

    public ToolConsole(TextWriter output, TextWriter error)
    {
        Output = output;
        Error = error;
        var dumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        var unattended = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        var plain = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        _colours = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && !dumb && !plain;
        var bar = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected && !dumb && !unattended;
        // Asked once, while the console is still the process's: the answer also switches a Windows console to colours.
        var terminal = bar || _colours ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) }) : null;
        Progress = bar ? new ProgressBar(terminal!) : new ProgressLines(error, SystemClock.Instance);
    }

    /// <summary>Takes the results.</summary>
    public TextWriter Output { get; }

    /// <summary>Takes progress and errors.</summary>
    public TextWriter Error { get; }

    /// <summary>How progress is shown.</summary>
    public IProgressView Progress { get; }

    /// <summary>An empty line stands before the next result, as it does after a result of several lines.</summary>
    public void SetApart() => _apart = true;

    /// <summary>Writes a result, its first line in green or red if that is asked and possible.</summary>
    public void WriteResult(string text, bool? good)
    {
        if (_apart)
        {
            Output.WriteLine();
        }

        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        Output.Write(_colours && good is { } isGood ? $"\e[{(isGood ? 32 : 31)}m{first}\e[0m" : first);
        Output.WriteLine(text[first.Length..].TrimEnd('\n'));
        _apart = end >= 0;
    }

    /// <summary>Does something that takes a while, with progress shown.</summary>
    public T Watch<T>(string what, int total, Func<Action<int>, T> work) => Progress.Watch(what, total, work);
}
