using System.Diagnostics;

namespace Sim.Core;

/// <summary>What a program of <see cref="VirtualProcesses"/> sees of its process. Loop thread only.</summary>
public sealed class VirtualProgram
{
    internal VirtualProgram(ProcessStartInfo start, IConnection? input, IConnection? output, IConnection? error) =>
        (StartInfo, StandardInput, StandardOutput, StandardError) = (start, input, output, error);

    /// <summary>How it was started: arguments, environment, folder.</summary>
    public ProcessStartInfo StartInfo { get; }

    /// <summary>What is written for it; null if that is no pipe.</summary>
    public IConnection? StandardInput { get; }

    /// <summary>Where it writes; null if that is no pipe.</summary>
    public IConnection? StandardOutput { get; }

    /// <summary>Where it writes about errors; null if that is no pipe.</summary>
    public IConnection? StandardError { get; }

    /// <summary>The signals that are sent to it: one for which nobody is subscribed cancels it.</summary>
    public VirtualSignals Signals { get; } = new();
}
