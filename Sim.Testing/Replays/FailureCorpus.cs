namespace Sim.Testing;

/// <summary>
/// The failures that were found of a scenario, as replay lines in a text file of its own, one a line: those of the fewest
/// decisions first. They are run first next time. What else stands in the file, comments (#) and what another scenario of the same file
/// name keeps, stays as it is. One thread at a time; of two processes that write, the later one wins.
/// </summary>
public sealed class FailureCorpus
{
    /// <summary>How many are kept: the shortest.</summary>
    public const int Capacity = 16;

    /// <summary>A longer name would not be a file's on every system.</summary>
    private const int LongestName = 120;

    private readonly string _path;
    private readonly List<ReplayLine> _lines = [];
    private readonly List<string> _others = [];
    private bool _isChanged;

    private FailureCorpus(string path) => _path = path;

    /// <summary>The failures, shortest first.</summary>
    public IReadOnlyList<ReplayLine> Lines => _lines;

    /// <summary>Reads the corpus of a scenario; it is empty if there is no file.</summary>
    /// <param name="folder">Where the files are; it need not exist.</param>
    /// <param name="scenario">The name of the scenario.</param>
    /// <exception cref="ScenarioException">The file cannot be read, or a line of it; the message names both.</exception>
    public static FailureCorpus Open(string folder, string scenario)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(scenario);
        var name = Uri.EscapeDataString(scenario);
        var corpus = new FailureCorpus(Path.Combine(folder, $"{(name.Length > LongestName ? name[..LongestName] : name)}.txt"));
        foreach (var (text, line) in corpus.ReadAll())
        {
            if (line?.Scenario.Equals(scenario, StringComparison.Ordinal) == true)
            {
                corpus.Insert(line);
            }
            else if (text.Length > 0)
            {
                corpus._others.Add(text);
            }
        }

        return corpus;
    }

    /// <summary>The scenarios of which a folder keeps something, by name.</summary>
    /// <exception cref="ScenarioException">A file cannot be read, or a line of it.</exception>
    internal static IReadOnlyList<string> NamesIn(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            names.UnionWith(new FailureCorpus(file).ReadAll().Select(static read => read.Line?.Scenario).OfType<string>());
        }

        return [.. names];
    }

    /// <summary>Keeps a failure, if it is not there yet and not longer than those that are kept.</summary>
    public void Add(ReplayLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        _isChanged |= Insert(line);
    }

    /// <summary>Forgets a failure.</summary>
    public void Remove(ReplayLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        _isChanged |= _lines.RemoveAll(kept => kept.ToString() == line.ToString()) > 0;
    }

    /// <summary>Writes the file, if anything has changed: at once or not at all. A corpus with nothing in it has no file.</summary>
    /// <exception cref="ScenarioException">It cannot be written.</exception>
    public void Save()
    {
        if (!_isChanged)
        {
            return;
        }

        try
        {
            if (_lines.Count + _others.Count == 0)
            {
                File.Delete(_path);
            }
            else
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
                var draft = $"{_path}.{Environment.ProcessId}.new";
                File.WriteAllLines(draft, _others.Concat(_lines.Select(static line => line.ToString())));
                File.Move(draft, _path, overwrite: true);
            }

            _isChanged = false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException($"The corpus '{_path}' cannot be written: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    // Each line of the file, and the failure in it if it is neither empty nor a comment.
    private IEnumerable<(string Text, ReplayLine? Line)> ReadAll() => ReadFile()
        .Select(static text => text.Trim())
        .Select((text, i) => (text, text.Length == 0 || text[0] == '#' ? null : Read(text, i + 1)));

    private string[] ReadFile()
    {
        try
        {
            return File.Exists(_path) ? File.ReadAllLines(_path) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException($"The corpus '{_path}' cannot be read: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    private ReplayLine Read(string line, int number)
    {
        try
        {
            return ReplayLine.Parse(line);
        }
        catch (ScenarioException malformed)
        {
            throw new ScenarioException(
                $"Line {number} of the corpus '{_path}' cannot be read: take it out. {malformed.Message}", malformed);
        }
    }

    private bool Insert(ReplayLine line)
    {
        var place = _lines.FindIndex(kept => Compare(line, kept) <= 0);
        place = place < 0 ? _lines.Count : place;
        if (place == Capacity || (place < _lines.Count && Compare(line, _lines[place]) == 0))
        {
            return false;
        }

        _lines.Insert(place, line);
        if (_lines.Count > Capacity)
        {
            _lines.RemoveAt(Capacity);
        }

        return true;
    }

    // Fewest decisions first, then the shortest text; equal only if they are the same line.
    private static int Compare(ReplayLine left, ReplayLine right)
    {
        var (first, second) = (left.ToString(), right.ToString());
        return (left.Script.Count, first.Length).CompareTo((right.Script.Count, second.Length)) is not 0 and var order
            ? order
            : string.CompareOrdinal(first, second);
    }
}
