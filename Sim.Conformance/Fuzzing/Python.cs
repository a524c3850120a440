using System.Diagnostics;

namespace Sim.Conformance;

/// <summary>A CPython on this machine that is new enough to be the oracle.</summary>
/// <param name="Path">The interpreter.</param>
/// <param name="Version">As it says itself.</param>
internal sealed record Python(string Path, Version Version)
{
    private static readonly Version _least = new(3, 13);

    private const string AskVersion = "import sys; print(sys.implementation.name, *sys.version_info[:3])";

    /// <param name="given">The interpreter to use; null = look for one.</param>
    /// <exception cref="ToolException">There is none.</exception>
    public static Python Find(string? given) => Candidates(given).Select(Ask).FirstOrDefault(found => found is not null)
        ?? throw new ToolException(given is null
            ? $"There is no CPython {_least} or newer on this machine: install one (python3.14 of your distribution, or \"pyenv install 3.14\"), or name it with --python PATH."
            : $"'{given}' is not a CPython {_least} or newer: install one (python3.14 of your distribution, or \"pyenv install 3.14\"), or name another.");

    /// <summary>Runs a script of this interpreter.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="ToolException">It failed.</exception>
    public string RunScript(string script, string input)
    {
        var (exitCode, output, errors) = Execute(Path, [script, "-"], input);
        return exitCode == 0
            ? output
            : throw new ToolException($"{Path} {script} ended with exit code {exitCode}: {errors.Trim().Split('\n')[^1]}");
    }

    private static IEnumerable<string> Candidates(string? given)
    {
        if (given is not null)
        {
            return [given];
        }

        string[] names = ["python3.14", "python3.13", "python3", "python"];
        var pyenv = Environment.GetEnvironmentVariable("PYENV_ROOT")
            ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pyenv");
        var versions = System.IO.Path.Combine(pyenv, "versions");
        var installed = Directory.Exists(versions) ? Directory.GetDirectories(versions) : [];
        return names.Concat(installed
            .Select(folder => (folder, version: Version.TryParse(System.IO.Path.GetFileName(folder), out var version) ? version : new Version()))
            .OrderByDescending(entry => entry.version)
            .Select(entry => System.IO.Path.Combine(entry.folder, "bin", "python3")));
    }

    private static Python? Ask(string path)
    {
        try
        {
            var (exitCode, output, _) = Execute(path, ["-c", AskVersion], "");
            var words = output.Trim().Split(' ');
            return exitCode == 0 && words is ["cpython", _, _, _] && Version.TryParse(string.Join('.', words[1..]), out var version) && version >= _least
                ? new Python(path, version)
                : null;
        }
        catch (Exception absent) when (absent is System.ComponentModel.Win32Exception or IOException)
        {
            return null;
        }
    }

    private static (int ExitCode, string Output, string Errors) Execute(string path, IEnumerable<string> arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        // All three at once: whichever pipe is full must not hold up the others.
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading; its exit code and its words say why.
        }

        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
