using System.IO.Compression;
using System.Reflection;

namespace Sim.Conformance;

/// <summary>
/// The thousand programs of seed 1 and what CPython 3.14.2 prints for them. The programs are generated; the traces are
/// stored.
/// </summary>
internal static class GoldenSet
{
    public const string Version = "CPython 3.14.2";

    private const int Seed = 1;
    private const int Count = 1000;
    private const string Resource = "trace_seed1_cpython3.14.2.txt.gz";

    /// <summary>The programs, one line of JSON each.</summary>
    public static IEnumerable<string> Lines => Enumerable.Range(0, Count).Select(index => ProgramGenerator.Line(Seed, index));

    public static IReadOnlyList<ConformanceProgram> Programs() => ProgramReader.Read(string.Join('\n', Lines), "golden programs", OpFamilies.All.Forms);

    public static IReadOnlyList<ProgramTrace> Traces()
    {
        using var stored = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using var text = new StreamReader(new GZipStream(stored, CompressionMode.Decompress));
        return TraceFile.Read(text.ReadToEnd(), Resource);
    }
}
