using System.Diagnostics;

namespace Sim.Benchmarks;

/// <summary>The Pythons of this machine.</summary>
internal static class Pythons
{
    // The system's first: packages of the system are installed for that one.
    private static readonly string[] _candidates = ["/usr/bin/python3", "python3", "python"];

    /// <summary>The first that has a module, or null.</summary>
    public static string? With(string module) => _candidates.FirstOrDefault(python => Runs(python, "-c", $"import {module}"));

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
