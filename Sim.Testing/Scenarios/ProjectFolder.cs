using System.Reflection;

namespace Sim.Testing;

/// <summary>For replay lines: the folder of the project that an assembly was built from, as a person would type it.</summary>
public static class ProjectFolder
{
    /// <summary>
    /// The folder, relative to the folder of the solution above it, which is where one runs <c>dotnet test</c>; without a
    /// solution <c>.</c>, the project's own folder; without a project the file name of the assembly.
    /// </summary>
    public static string Of(Assembly? assembly)
    {
        if (assembly is null || assembly.Location.Length == 0)
        {
            return ".";
        }

        var project = Above(Path.GetDirectoryName(assembly.Location), "*.csproj");
        if (project is null)
        {
            return Path.GetFileName(assembly.Location);
        }

        if ((Above(project, "*.sln") ?? Above(project, "*.slnx")) is not { } solution)
        {
            return ".";
        }

        // An assembly that another project refers to lies in that project's output: its own folder bears its name.
        var own = assembly.GetName().Name!;
        return Directory.Exists(Path.Combine(solution, own)) ? own : Path.GetRelativePath(solution, project).Replace('\\', '/');
    }

    /// <summary>
    /// Where failures of an assembly's scenarios are kept: <c>.sim/corpus</c> beside its project, or, without one, beside itself.
    /// </summary>
    public static string CorpusOf(Assembly? assembly)
    {
        var own = assembly is { Location.Length: > 0 } ? Path.GetDirectoryName(assembly.Location)! : Directory.GetCurrentDirectory();
        return Path.Combine(Above(own, "*.??proj") ?? own, ".sim", "corpus");
    }

    private static string? Above(string? folder, string pattern)
    {
        for (var level = folder; level is not null; level = Path.GetDirectoryName(level))
        {
            if (Directory.EnumerateFiles(level, pattern).Any())
            {
                return level;
            }
        }

        return null;
    }
}
