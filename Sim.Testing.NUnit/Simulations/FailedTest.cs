using Sim.World;

namespace Sim.Testing.NUnit;

/// <summary>A simulated test that failed, as far as its files tell of it.</summary>
/// <param name="Scenario">The test.</param>
/// <param name="Run">The run that the message is about.</param>
/// <param name="Explanation">Why it fails; null if that is not known.</param>
/// <param name="Replay">The line that makes it again; null if it cannot be replayed.</param>
/// <param name="Target">What to pass to <c>sim replay</c>.</param>
internal sealed record FailedTest(Scenario Scenario, RunReport Run, Explanation? Explanation, ReplayLine? Replay, string Target)
{
    /// <summary>How the run is pinned, in lines; empty if it cannot be.</summary>
    public string Pin => Replay is { } line && Scenario is { MustFail: null, IsPinnable: true } ? FailureText.PinOf(line) : "";
}
