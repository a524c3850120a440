using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sim.Testing;

/// <summary>Writes events of the trace-event format, one a line. Times are nanoseconds here and microseconds in the file.</summary>
internal sealed class ChromeEvents : IDisposable
{
    /// <summary>How long a step is drawn.</summary>
    public const long StepLength = 1_000;

    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Stream _output;
    private readonly ArrayBufferWriter<byte> _line = new();
    private bool _isFirst = true;

    public ChromeEvents(Stream output)
    {
        _output = output;
        Put("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n");
    }

    public void Name(string what, int process, int thread, string name) => Line("M", what, process, thread, null, json =>
    {
        json.WriteStartObject("args");
        json.WriteString("name", name);
        json.WriteEndObject();
    });

    /// <summary>Threads stand in the order of their numbers.</summary>
    public void Sort(int process, int thread) => Line("M", "thread_sort_index", process, thread, null, json =>
    {
        json.WriteStartObject("args");
        json.WriteNumber("sort_index", thread);
        json.WriteEndObject();
    });

    public void Slice(
        int process, int thread, string category, string name, long start, long length, Action<Utf8JsonWriter>? arguments = null) =>
        Line("X", name, process, thread, start, json =>
        {
            WriteTime(json, "dur", length);
            json.WriteString("cat", category);
            if (arguments is not null)
            {
                json.WriteStartObject("args");
                arguments(json);
                json.WriteEndObject();
            }
        });

    public void Instant(int process, int thread, string category, string name, long time) => Line("i", name, process, thread, time, json =>
    {
        json.WriteString("s", "t");
        json.WriteString("cat", category);
    });

    /// <summary>An arrow from the slice that begins at one time to the slice that begins at another.</summary>
    public void Flow(int process, int from, int to, long number, string name, long start, long end)
    {
        Line("s", name, process, from, start, Bind);
        Line("f", name, process, to, end, json =>
        {
            json.WriteString("bp", "e");
            Bind(json);
        });

        // Perfetto joins flows by number over all processes.
        void Bind(Utf8JsonWriter json)
        {
            json.WriteString("cat", "cause");
            json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"{process}.{number}"));
        }
    }

    public void Dispose() => Put("\n]}\n");

    private void Line(string phase, string name, int process, int thread, long? time, Action<Utf8JsonWriter> rest)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, _options))
        {
            json.WriteStartObject();
            json.WriteString("ph", phase);
            json.WriteString("name", name);
            json.WriteNumber("pid", process);
            json.WriteNumber("tid", thread);
            if (time is { } at)
            {
                WriteTime(json, "ts", at);
            }

            rest(json);
            json.WriteEndObject();
        }

        Put(_isFirst ? "" : ",\n");
        _isFirst = false;
        _output.Write(_line.WrittenSpan);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long nanoseconds)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000}.{nanoseconds % 1_000:D3}").TrimEnd('0').TrimEnd('.');
        json.WritePropertyName(name);
        json.WriteRawValue(text);
    }

    private void Put(string text) => _output.Write(Encoding.UTF8.GetBytes(text));
}
