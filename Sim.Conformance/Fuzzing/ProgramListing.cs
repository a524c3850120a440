using System.Text;
using System.Text.Json;

namespace Sim.Conformance;

/// <summary>A program as the trace addresses it: one operation a line, with its place.</summary>
internal static class ProgramListing
{
    public static string Of(ConformanceProgram program)
    {
        using var document = JsonDocument.Parse(program.Json);
        var text = new StringBuilder();
        foreach (var property in document.RootElement.EnumerateObject().Where(property => property.Name is "objects" or "phases"))
        {
            text.Append($"{property.Name}: {property.Value.GetRawText()}\n");
        }

        foreach (var (key, name) in new[] { ("init", "i"), ("procs", "p"), ("funcs", "fn") })
        {
            if (!document.RootElement.TryGetProperty(key, out var bodies))
            {
                continue;
            }

            var number = 0;
            foreach (var body in key == "init" ? [bodies] : bodies.EnumerateArray().ToArray())
            {
                text.Append(key == "init" ? $"{name}\n" : $"{name}{number++}\n");
                var k = 0;
                foreach (var op in body.EnumerateArray())
                {
                    text.Append($"  .{k++} {op.GetRawText()}\n");
                }
            }
        }

        return text.ToString();
    }
}
