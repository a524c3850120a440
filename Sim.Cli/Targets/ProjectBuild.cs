namespace Sim.Cli;

/// <summary>Builds a project in Release and tells where its assembly is.</summary>
internal static class ProjectBuild
{
    // No process of the build outlives it: no reused nodes, no compiler server.
    private static readonly string[] _leaveNothing = ["--nodeReuse:false", "-p:UseSharedCompilation=false", "-nologo"];

    /// <summary>The path of the built assembly.</summary>
    /// <exception cref="ToolException">It does not build; the compiler's errors stand on the console.</exception>
    public static string Make(string project, ToolConsole console, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(project);
        console.Error.WriteLine($"building {name}");
        var (exitCode, output) = DotnetCommand.Run(
            project, ["build", project, "-c", "Release", "-v:q", "-clp:ErrorsOnly;NoSummary", .. _leaveNothing], cancellationToken);
        if (exitCode != 0)
        {
            console.Error.WriteLine(output.Trim());
            throw new ToolException($"{name} does not build: mend the errors above.");
        }

        (exitCode, output) = DotnetCommand.Run(
            project, ["msbuild", project, "-getProperty:TargetPath", "-p:Configuration=Release", .. _leaveNothing], cancellationToken);
        var path = output.Trim();
        return exitCode == 0 && File.Exists(path) ? path : throw new ToolException(
            $"{name} builds, but where its assembly is cannot be told (several target frameworks?): name the assembly (.dll) instead.");
    }
}
