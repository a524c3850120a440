namespace Sim.Testing.FsCheck;

/// <summary>What befalls a call.</summary>
public enum FaultKind
{
    /// <summary>It comes late.</summary>
    Slow,

    /// <summary>It fails with a <see cref="PlannedFaultException"/>.</summary>
    Fails,

    /// <summary>It never comes back; who waits for it without a time limit waits for ever.</summary>
    Lost,
}
