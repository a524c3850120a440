namespace Sim.Cli;

/// <summary>In which form <c>sim trace</c> writes a run.</summary>
internal enum TraceFormat
{
    /// <summary>The trace as text, a line for each event.</summary>
    Text,

    /// <summary>One HTML file for a browser.</summary>
    Html,

    /// <summary>Chrome's trace events, for Perfetto.</summary>
    Perfetto,

    /// <summary>A sequence diagram of Mermaid.</summary>
    Mermaid,
}
