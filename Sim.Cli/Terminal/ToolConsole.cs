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
    private readonly TextWriter _json;
    private bool _apart;
    private bool _tellsJson;

    public ToolConsole(TextWriter output, TextWriter error)
    {
        Output = _json = output;
        Error = error;
        var dumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        var unattended = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        var plain = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        _colours = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && !dumb && !plain;
        var bar = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected && !dumb && !unattended;
        // Asked once, while the console is still the process's: the answer also switches a Windows console to colours.
        var terminal = bar || _colours ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) }) : null;
        Progress = bar ? new ProgressBar(error, SystemClock.Instance, () => terminal!.Profile.Width) : new ProgressLines(error, SystemClock.Instance);
    }

    /// <summary>Takes the results in words.</summary>
    public TextWriter Output { get; private set; }

    /// <summary>Takes progress and errors.</summary>
    public TextWriter Error { get; }

    /// <summary>How progress is shown.</summary>
    public IProgressView Progress { get; }

    /// <summary>From now on standard output is for one document, and what is for people goes to standard error.</summary>
    public void TellJson() => (_tellsJson, Output) = (true, Error);

    /// <summary>Writes the document, if it was asked for.</summary>
    public void WriteJson(Func<string> document)
    {
        if (_tellsJson)
        {
            _json.Write(document());
        }
    }

    /// <summary>An empty line stands before the next result, as it does after a result of several lines.</summary>
    public void SetApart() => _apart = true;

    /// <summary>Writes a result, its first line in green or red if that is asked and possible.</summary>
    public void WriteResult(string text, bool? good)
    {
        Progress.Clear();
        if (_apart)
        {
            Output.WriteLine();
        }

        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        Output.Write(_colours && !_tellsJson && good is { } isGood ? $"\e[{(isGood ? 32 : 31)}m{first}\e[0m" : first);
        Output.WriteLine(text[first.Length..].TrimEnd('\n'));
        _apart = end >= 0;
    }
}
