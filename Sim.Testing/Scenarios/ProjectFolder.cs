using System.Reflection;

namespace Sim.Testing;

/// <summary>For replay lines: the folder of the project that an assembly was built from, as a person would type it.</summary>
public static class ProjectFolder
{
    /// <summary>
    /// The nearest folder above the assembly with a project file, relative to the folder of the solution above it; the name
    /// of the assembly when there is none.
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

        var solution = Above(project, "*.sln") ?? Above(project, "*.slnx");
        return solution is null ? Path.GetFileName(project) : Path.GetRelativePath(solution, project).Replace('\\', '/');
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
