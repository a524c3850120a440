using System.Net;

namespace Sim.Core;

/// <summary>What is at an end of a pipe, in words: a pipe has no address.</summary>
/// <param name="name">For example "stdout of git (4711)".</param>
public sealed class PipeEndPoint(string name) : EndPoint
{
    /// <summary>This process.</summary>
    public static PipeEndPoint Here { get; } = new("this process");

    /// <inheritdoc/>
    public override string ToString() => name;
}
