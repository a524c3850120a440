namespace Sim.Cli;

/// <summary>An option that takes one of some words.</summary>
internal interface IWordOption
{
    /// <summary>The words.</summary>
    IReadOnlyList<string> Words { get; }
}
