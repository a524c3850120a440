namespace Sim.Core;

/// <summary>What stands between the ready queue and the async method that it resumes in the end, which gives it its name.</summary>
internal interface IResumption
{
    /// <summary>The method's continuation; null as long as nobody awaits.</summary>
    object? Continuation { get; }
}
