namespace Sim.World;

/// <summary>
/// An exception that has more to tell than its message: a table, for example. The message is a sentence that is the same for
/// every failure of the kind, so that shrinking keeps to it; the details are of this one run and are printed below it.
/// </summary>
public interface IDetailedException
{
    /// <summary>The details: lines of text, without an end of line after the last.</summary>
    string Details { get; }
}
