using System.Text;
using NUnit.Framework;

namespace Sim.Tests;

/// <summary>A temporary folder for snapshots. Gone after the test. Knows no engine.</summary>
internal sealed class RuleBox : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sim-rules-").FullName;

    public string[] Files => [.. Directory.GetFiles(Path).Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Write(string name, string text) => File.WriteAllBytes(System.IO.Path.Combine(Path, name), Encoding.UTF8.GetBytes(text));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>The failure that a verification must end in. An assertion inside would count as a failure of the test.</summary>
    public static async Task<Exception> CatchAsync(Func<Task> verification)
    {
        try
        {
            await verification();
        }
        catch (Exception failure)
        {
            return failure;
        }

        throw new AssertionException("The verification passes, where it must fail.");
    }
}
