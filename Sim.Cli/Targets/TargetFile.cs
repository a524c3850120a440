using Sim.Testing;

namespace Sim.Cli;

/// <summary>Finds the file that a target's name stands for.</summary>
internal static class TargetFile
{
    private static readonly string[] _projects = [".csproj", ".fsproj", ".vbproj"];

    /// <summary>The full path of an assembly or a project file.</summary>
    /// <exception cref="ToolException">There is no such file or folder, or it is neither.</exception>
    public static string Find(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ToolException("The target is empty: name an assembly (.dll), a project file, or the folder of a project.");
        }

        var path = Path.GetFullPath(name);
        if (Directory.Exists(path))
        {
            return InFolder(name, path);
        }

        if (!File.Exists(path))
        {
            throw new ToolException($"There is no file or folder '{name}'. {Hint(path)}");
        }

        return IsProject(path) || Path.GetExtension(path).Equals(".dll", StringComparison.OrdinalIgnoreCase)
            ? path
            : throw new ToolException($"'{name}' is no target: name an assembly (.dll), a project file, or the folder of a project.");
    }

    /// <summary>The full path of a target's assembly as it was built last, nothing being built now; null if there is none.</summary>
    /// <exception cref="ToolException">There is no such file or folder, or it is no target.</exception>
    public static string? FindBuilt(string name)
    {
        var file = Find(name);
        if (!IsProject(file))
        {
            return file;
        }

        var output = Path.Combine(Path.GetDirectoryName(file)!, "bin");
        return !Directory.Exists(output) ? null : Directory
            .EnumerateFiles(output, $"{Path.GetFileNameWithoutExtension(file)}.dll", SearchOption.AllDirectories)
            .Where(IsBuilt).OrderBy(File.GetLastWriteTimeUtc).LastOrDefault();
    }

    /// <summary>The folder of a target's project: of an assembly the nearest above it that has one, else its own.</summary>
    public static string ProjectFolder(string file)
    {
        var own = Path.GetDirectoryName(file)!;
        for (var folder = own; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Projects(folder).Length > 0)
            {
                return folder;
            }
        }

        return own;
    }

    private static string InFolder(string name, string path) => Projects(path) switch
    {
        [var only] => only,
        [] => throw new ToolException($"Folder '{name}' holds no project. {Below(name, path)}"),
        var several => throw new ToolException(
            $"Folder '{name}' holds {several.Length} projects: name one of {string.Join(", ", several.Select(file => Join(name, file)))}."),
    };

    private static string Below(string name, string path)
    {
        var folders = Folders(path).Select(folder => Join(name, folder)).ToArray();
        return folders.Length == 0 ? "Name a project file, its folder, or an assembly (.dll)." : $"Name one of those below it: {string.Join(", ", folders)}.";
    }

    private static string Hint(string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (!Directory.Exists(parent))
        {
            return $"Its folder does not exist either; the current folder is '{Directory.GetCurrentDirectory()}'.";
        }

        var near = Folders(parent).Concat(Directory.GetFiles(parent).Where(static file => IsProject(file) || IsBuilt(file)))
            .Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ToArray();
        return near.Length == 0
            ? "Name an assembly (.dll), a project file, or the folder of a project."
            : NearestWord.Hint(Path.GetFileName(path), near);
    }

    private static string[] Folders(string path) =>
        [.. Directory.GetDirectories(path).Where(static folder => Projects(folder).Length > 0).Order(StringComparer.Ordinal)];

    private static string[] Projects(string path) => [.. Directory.GetFiles(path).Where(IsProject).Order(StringComparer.Ordinal)];

    private static bool IsProject(string path) => _projects.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    // The packages beside a built project have no list of dependencies of their own.
    private static bool IsBuilt(string path) =>
        path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && File.Exists(Path.ChangeExtension(path, ".deps.json"));

    private static string Join(string name, string file) => Path.Join(name == "." ? "" : name, Path.GetFileName(file));
}
