namespace Sim.Core;

/// <summary>
/// The reading end of a pipe on the output of a process. Who waits for the process waits for the end of this, too (rule 36), and
/// nobody may be reading: then it reads ahead, up to a limit, so that a process that says little can end. Loop thread only.
/// </summary>
internal interface IOutputPipe
{
    /// <summary>Whether all writers are gone, as far as is known, or the reader.</summary>
    bool IsDisconnected { get; }

    /// <summary>Called once, when <see cref="IsDisconnected"/> becomes true.</summary>
    Action? Disconnected { get; set; }

    /// <summary>Reads from now on before anybody asks.</summary>
    void ReadAhead();
}
