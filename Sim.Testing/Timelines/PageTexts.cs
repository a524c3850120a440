using System.Text.Json;

namespace Sim.Testing;

/// <summary>The texts of a page, each once: most of those in a long trace are the same few.</summary>
internal sealed class PageTexts
{
    private readonly List<string> _texts = [];

    // Looked up, never iterated.
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>The number of a text, from 0.</summary>
    public int this[string text]
    {
        get
        {
            if (_places.TryAdd(text, _texts.Count))
            {
                _texts.Add(text);
            }

            return _places[text];
        }
    }

    /// <summary>Writes them by number.</summary>
    public void Write(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        foreach (var text in _texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
