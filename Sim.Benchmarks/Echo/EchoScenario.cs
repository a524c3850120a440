namespace Sim.Benchmarks;

/// <summary>How many connections there are.</summary>
/// <param name="Active">That ask.</param>
/// <param name="Idle">That are open and silent.</param>
internal sealed record EchoScenario(int Active, int Idle)
{
    /// <summary>Those of the aims; the last two belong together.</summary>
    public static IReadOnlyList<EchoScenario> All { get; } = [new(1, 0), new(64, 0), new(512, 0), new(8, 0), new(8, 1500)];

    public override string ToString() => Idle == 0
        ? $"{Active} connection{(Active == 1 ? "" : "s")}"
        : $"{Active} connections, and {Idle} idle ones";
}
