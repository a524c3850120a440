using System.Globalization;
using System.Text.Json;

namespace Sim.Conformance;

/// <summary>
/// Programs in a text: one on each line, lines that begin with # left out; or one JSON object; or a list of them.
/// </summary>
internal static class ProgramReader
{
    private static readonly JsonDocumentOptions _options = new() { MaxDepth = 512 };

    /// <param name="path">The file; - is standard input.</param>
    /// <param name="forms">The operations there are.</param>
    /// <exception cref="ProgramFormatException">The file cannot be read, or a program in it makes no sense: the message begins with file and line.</exception>
    public static IReadOnlyList<ConformanceProgram> ReadFile(string path, IReadOnlyDictionary<string, OpForm> forms)
    {
        try
        {
            var source = path == "-" ? "standard input" : path;
            return Read(path == "-" ? Console.In.ReadToEnd() : File.ReadAllText(path), source, forms) is { Count: > 0 } programs
                ? programs
                : throw new ProgramFormatException(
                    $"{source}: there is no program in it. A program is one JSON object; Sim.Conformance/Oracle/FORMAT.md has an example.");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ProgramFormatException($"{path}: {refused.Message}");
        }
    }

    /// <param name="text">The programs.</param>
    /// <param name="source">What to call the text in messages.</param>
    /// <param name="forms">The operations there are.</param>
    /// <exception cref="ProgramFormatException">A program makes no sense.</exception>
    public static IReadOnlyList<ConformanceProgram> Read(string text, string source, IReadOnlyDictionary<string, OpForm> forms)
    {
        if (TryParse(text, out var whole, out _))
        {
            return whole.ValueKind == JsonValueKind.Array
                ? [.. whole.EnumerateArray().Select((program, n) => Parse(program, forms, n, $"{source}: program {n}"))]
                : [Parse(whole, forms, 0, $"{source}:1")];
        }

        var programs = new List<ConformanceProgram>();
        var number = 0;
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (!TryParse(line, out var program, out var why))
            {
                throw new ProgramFormatException($"{source}:{number}: {why}");
            }

            programs.Add(Parse(program, forms, programs.Count, $"{source}:{number}"));
        }

        return programs;
    }

    private static ConformanceProgram Parse(JsonElement program, IReadOnlyDictionary<string, OpForm> forms, int number, string place)
    {
        try
        {
            return ProgramParser.Parse(program, forms, number.ToString(CultureInfo.InvariantCulture));
        }
        catch (ProgramFormatException wrong)
        {
            throw new ProgramFormatException($"{place}: {wrong.Message}.");
        }
    }

    private static bool TryParse(string text, out JsonElement json, out string why)
    {
        try
        {
            using var document = JsonDocument.Parse(text, _options);
            json = document.RootElement.Clone();
            why = "";
            return true;
        }
        catch (JsonException wrong)
        {
            json = default;
            why = $"this is no JSON, at character {wrong.BytePositionInLine + 1}.";
            return false;
        }
    }
}
