namespace Sim.Cli;

/// <summary>Builds a project in Release and tells where its assembly is.</summary>
internal static class ProjectBuild
{
    // Restores, builds and asks for the path in one go: the path is all that goes to standard output. No process of the
    // build outlives it: no reused nodes, no compiler server.
    private static readonly string[] _arguments =
    [
        "-restore", "-t:Build", "-p:Configuration=Release", "-getProperty:TargetPath", "-nologo", "-v:q", "-clp:ErrorsOnly;NoSummary",
        "-nodeReuse:false", "-p:UseSharedCompilation=false",
    ];

    /// <summary>The path of the built assembly.</summary>
    /// <exception cref="ToolException">It does not build; the compiler's errors stand on the console.</exception>
    public static string Make(string project, ToolConsole console, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(project);
        console.Error.WriteLine($"building {name}");
        var (exitCode, output, errors) = DotnetCommand.Run(project, ["msbuild", project, .. _arguments], cancellationToken);
        var path = output.Trim();
        if (exitCode != 0)
        {
            console.Error.WriteLine(errors.Trim() is { Length: > 0 } compiler ? compiler : path);
            throw new ToolException($"{name} does not build: mend the errors above.");
        }

        return File.Exists(path) ? path : throw new ToolException(
            $"{name} builds, but where its assembly is cannot be told (several target frameworks?): name the assembly (.dll) instead.");
    }
}
