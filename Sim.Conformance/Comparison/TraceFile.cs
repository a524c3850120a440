using System.Text;

namespace Sim.Conformance;

/// <summary>Traces as text: a line <c># id</c> before each program's lines.</summary>
internal static class TraceFile
{
    /// <param name="path">The file.</param>
    /// <exception cref="ProgramFormatException">It cannot be read or is no trace.</exception>
    public static IReadOnlyList<ProgramTrace> ReadFile(string path)
    {
        try
        {
            return Read(File.ReadAllText(path), path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ProgramFormatException($"{path}: {refused.Message}");
        }
    }

    /// <param name="text">The traces.</param>
    /// <param name="source">What to call the text in messages.</param>
    public static IReadOnlyList<ProgramTrace> Read(string text, string source)
    {
        var traces = new List<ProgramTrace>();
        List<string>? lines = null;
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.TrimEnd('\r');
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                lines = [];
                traces.Add(new ProgramTrace(line[2..], lines));
            }
            else if (lines is not null && line.Length > 0)
            {
                lines.Add(line);
            }
            else if (line.Length > 0)
            {
                throw new ProgramFormatException($"{source}:{number}: a trace begins with a line \"# id\".");
            }
        }

        return traces;
    }

    public static string Write(ProgramTrace trace)
    {
        var text = new StringBuilder($"# {trace.Id}\n");
        foreach (var line in trace.Lines)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }
}
