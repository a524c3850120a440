using System.Text;

namespace Sim.Core;

/// <summary>What a process has said, and how it has ended.</summary>
/// <param name="ExitCode">Its code.</param>
/// <param name="Output">What it has written; null if that was no pipe.</param>
/// <param name="Error">What it has written about errors; null if that was no pipe.</param>
public sealed record SubprocessOutput(int ExitCode, byte[]? Output, byte[]? Error)
{
    /// <summary>What it has written, as UTF-8.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output ?? []);

    /// <summary>What it has written about errors, as UTF-8.</summary>
    public string ErrorText => Encoding.UTF8.GetString(Error ?? []);
}
