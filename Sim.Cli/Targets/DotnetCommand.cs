using System.ComponentModel;
using System.Diagnostics;

namespace Sim.Cli;

/// <summary>Runs the <c>dotnet</c> command.</summary>
internal static class DotnetCommand
{
    // What `dotnet run` and `dotnet test` leave in the environment for their own build would mislead another one.
    private static readonly string[] _foreign = ["MSBUILD", "DOTNET_CLI_CONTEXT", "DOTNET_CLI_TELEMETRY_SESSIONID", "VSTEST"];

    /// <summary>Runs it to its end in the folder of <paramref name="project"/>, so that the project's own global.json counts.</summary>
    /// <returns>The exit code, and what it wrote to standard output and to standard error.</returns>
    /// <exception cref="ToolException">There is no dotnet command.</exception>
    public static (int ExitCode, string Output, string Errors) Run(string project, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Host(), arguments)
        {
            WorkingDirectory = Path.GetDirectoryName(project),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            using var killed = cancellationToken.UnsafeRegister(static child => ((Process)child!).Kill(entireProcessTree: true), process);
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            cancellationToken.ThrowIfCancellationRequested();
            return (process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception error)
        {
            throw new ToolException("The dotnet command cannot be started: install the .NET SDK, or name an assembly (.dll).", error);
        }
    }

    private static bool IsForeign(string name) => _foreign.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    // The host that runs this process, if it is one that could build: several may be installed.
    private static string Host() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host) ? host : "dotnet";
}
