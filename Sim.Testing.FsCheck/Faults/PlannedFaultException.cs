namespace Sim.Testing.FsCheck;

/// <summary>A call failed because the fault plan says so.</summary>
public sealed class PlannedFaultException : Exception
{
    /// <summary>An error with a message.</summary>
    public PlannedFaultException(string message)
        : base(message)
    {
    }
}
