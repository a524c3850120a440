using System.Diagnostics;

namespace Sim.Benchmarks;

/// <summary>A loop for Python: a script beside this program, with the Python of the machine.</summary>
internal sealed class PythonPeer(string name, string module, string advice) : Peer(name)
{
    private const int Rounds = 3;

    private static readonly string[] _pythons = ["/usr/bin/python3", "python3", "python"];

    private static readonly string _script = Path.Combine(AppContext.BaseDirectory, "Peers", "workloads.py");

    // The first Python that has the module: the one of the system gets what the system's packages bring.
    private readonly string? _python = _pythons.FirstOrDefault(python => Runs(python, "-c", $"import {module}"));

    /// <summary>Rows for which the loop has no virtual time.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    public override string? Missing => _python is null ? advice : null;

    public override bool Has(string row) => row.StartsWith('W') && !Without.Contains(row);

    public override Measurement Measure(string row) => Measurement.Read(_python!, _script, module, row, $"{Rounds}");

    private static bool Runs(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
            process!.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
