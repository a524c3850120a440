namespace Sim.Core;

/// <summary>A future with a name for messages, traces and stall reports. The others have none, and do not pay for one.</summary>
internal sealed class NamedFuture<T>(EventLoop loop, string name) : Future<T>(loop)
{
    internal override string Describe() => $"future '{name}'";
}
