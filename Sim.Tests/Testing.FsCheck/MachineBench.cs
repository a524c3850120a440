using Sim.Testing.FsCheck;

namespace Sim.Tests;

/// <summary>Checks machines from a fixed seed, without the runner, so that tests can look at the report.</summary>
internal static class MachineBench
{
    public const string Replay = "(20261129,20261129)";

    public static PropertyReport Run(IMachine machine, PropertyOptions? options = null, string name = "Samples.Machine") =>
        new PropertySearch(machine.ToSubject(name), (options ?? new PropertyOptions()) with { Replay = Replay }).Run();
}
