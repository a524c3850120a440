namespace Sim.Testing.NUnit;

/// <summary>
/// A snapshot is new, differs or is left over. The message has Verify's layout, which tools parse; the stack trace is
/// empty, because the place is the test and the message already names its files.
/// </summary>
public sealed class SnapshotException(string message) : Exception(message)
{
    /// <summary>Always empty.</summary>
    public override string StackTrace => "";
}
