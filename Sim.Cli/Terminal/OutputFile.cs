namespace Sim.Cli;

/// <summary>
/// A file that the user has asked for. It is tried at once, before the work whose result it takes, and takes its name when it is
/// complete; otherwise nothing is left of it.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string _draft;
    private FileStream? _stream;

    private OutputFile(string path, string draft, FileStream stream) => (_path, _draft, _stream) = (path, draft, stream);

    /// <summary>What is to be in it.</summary>
    public Stream Stream => _stream!;

    /// <summary>A file with a name; null without a name.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="name">The name, as the user wrote it.</param>
    /// <exception cref="ToolException">It cannot be written.</exception>
    public static OutputFile? Open(string option, string? name)
    {
        if (name is null)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ToolException($"{option} is empty: name a file.");
        }

        var path = Path.GetFullPath(name);
        var draft = $"{path}.{Environment.ProcessId}.new";
        if (Directory.Exists(path))
        {
            throw new ToolException($"{option} '{name}' is a folder: name a file in it.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new ToolException(
                $"{option} '{name}' cannot be written: its folder '{Path.GetDirectoryName(path)}' does not exist. Make it first.");
        }

        try
        {
            // Also what is there already must be one's own to replace.
            using (File.Exists(path) ? File.OpenWrite(path) : Stream.Null)
            {
            }

            return new OutputFile(path, draft, new FileStream(draft, FileMode.Create));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{option} '{name}' cannot be written: {OneLine.Of(error.Message)}", error);
        }
    }

    /// <summary>It is complete.</summary>
    public void Complete()
    {
        _stream!.Dispose();
        _stream = null;
        File.Move(_draft, _path, overwrite: true);
    }

    public void Dispose()
    {
        if (_stream is not null)
        {
            _stream.Dispose();
            File.Delete(_draft);
        }
    }
}
