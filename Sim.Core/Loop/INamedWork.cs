namespace Sim.Core;

/// <summary>State of a ready callback that knows its own name in traces (a fired timer, a thread-safe call).</summary>
internal interface INamedWork
{
    string WorkName { get; }
}
