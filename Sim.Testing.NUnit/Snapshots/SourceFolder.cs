namespace Sim.Testing.NUnit;

/// <summary>
/// Finds the directory of a source file from the path that the compiler wrote down. In a deterministic build
/// (ContinuousIntegrationBuild) that path is not one of this machine: it starts at the repository, written as
/// <c>/_/</c>. The repository is then the nearest directory above the test assembly that has the file.
/// </summary>
internal static class SourceFolder
{
    /// <param name="sourceFile">The path from [CallerFilePath].</param>
    /// <param name="start">The directory of the test assembly.</param>
    /// <exception cref="InvalidOperationException">The directory is not on this machine.</exception>
    public static string Of(string sourceFile, string start)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sourceFile);
        if (Path.GetDirectoryName(sourceFile) is { Length: > 0 } directory && Directory.Exists(directory))
        {
            return directory;
        }

        // With several source roots the compiler numbers them: /_/, /_1/, /_2/.
        var parts = sourceFile.Split('/', '\\');
        if (parts is ["", ['_', .. var number], _, ..] && number.All(char.IsAsciiDigit))
        {
            var inRepository = Path.Combine(parts[2..]);
            for (var above = new DirectoryInfo(start); above is not null; above = above.Parent)
            {
                var candidate = Path.Combine(above.FullName, inRepository);
                if (File.Exists(candidate))
                {
                    return Path.GetDirectoryName(candidate)!;
                }
            }
        }

        throw new InvalidOperationException(
            $"The source file {sourceFile} was not found, neither there nor in a directory above {start}. "
            + "Snapshots lie beside the source file. Likely the tests were built elsewhere, or deterministically into a directory "
            + "outside the repository: set <DeterministicSourcePaths>false</DeterministicSourcePaths> in the test project, and run it where it was built.");
    }
}
