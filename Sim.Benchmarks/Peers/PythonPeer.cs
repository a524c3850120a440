namespace Sim.Benchmarks;

/// <summary>A loop for Python: a script beside this program, with the Python of the machine.</summary>
internal sealed class PythonPeer(string name, string module, string advice) : Peer(name)
{
    private const int Rounds = 3;

    private static readonly string _script = Path.Combine(AppContext.BaseDirectory, "Peers", "workloads.py");

    private readonly string? _python = Pythons.With(module);

    /// <summary>Rows for which the loop has no virtual time.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    public override string? Missing => _python is null ? advice : null;

    public override bool Has(string row) => row.StartsWith('W') && !Without.Contains(row);

    public override Measurement Measure(string row) => Measurement.Read([_python!, _script, module, row, $"{Rounds}"]);
}
