using System.Text;
using NUnit.Framework;
using Sim.Testing.NUnit;

namespace Sim.Tests;

/// <summary>The engine on a temporary folder, with a host that only takes notes. Gone after the test.</summary>
internal sealed class SnapshotSandbox : ISnapshotHost, IDisposable
{
    private readonly SnapshotEngine _engine;

    public SnapshotSandbox() => _engine = new(this);

    public string Path { get; } = Directory.CreateTempSubdirectory("sim-snapshots-").FullName;

    public bool Accepts { get; init; }

    public List<string> Notes { get; } = [];

    /// <summary>The names of all files, sorted.</summary>
    public string[] Files => [.. Directory.GetFiles(Path).Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Verify(string? target, string prefix = "A.B", string extension = "txt") =>
        VerifyAll(prefix, new SnapshotTarget(extension, SnapshotText.Normalize(target)));

    public void VerifyAll(SnapshotPrefix prefix, params SnapshotTarget[] targets) =>
        _engine.Verify(new SnapshotFolder(Path), prefix, targets);

    /// <summary>The message of the failure that this verification must end in.</summary>
    public string FailureOf(string? target, string prefix = "A.B") =>
        Assert.Throws<SnapshotException>(() => Verify(target, prefix))!.Message;

    /// <summary>Writes a file as another program would: without byte order mark, every character as it stands.</summary>
    public void Write(string name, string text) => File.WriteAllBytes(InFolder(name), Encoding.UTF8.GetBytes(text));

    public byte[] Bytes(string name) => File.ReadAllBytes(InFolder(name));

    public void Failed(SnapshotPair pair, bool showsDiff) => Notes.Add($"failed {Name(pair.Received)} {Name(pair.Verified)}");

    public void Settled(SnapshotPair pair) => Notes.Add($"settled {Name(pair.Received)} {Name(pair.Verified)}");

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Name(string path) => System.IO.Path.GetFileName(path);

    private string InFolder(string name) => System.IO.Path.Combine(Path, name);
}
