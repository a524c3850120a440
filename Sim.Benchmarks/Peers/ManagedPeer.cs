namespace Sim.Benchmarks;

/// <summary>A peer in .NET: this program starts itself once more for each row.</summary>
internal sealed class ManagedPeer(string name, IReadOnlyDictionary<string, Action> workloads) : Peer(name)
{
    /// <summary>The word on the command line of a process that measures one row.</summary>
    public const string Command = "measure";

    /// <summary>Rows of which it does less than the others; the measure is one operation all the same.</summary>
    public IReadOnlyDictionary<string, int> Cut { get; init; } = new Dictionary<string, int>();

    public override bool Has(string row) => workloads.ContainsKey(row);

    public override Measurement Measure(string row) => Measurement.Read(ThisProgram.With(Command, Name, row));

    /// <summary>What the new process does.</summary>
    public Measurement MeasureHere(string row) =>
        Measurement.Of(Cut.TryGetValue(row, out var operations) ? operations : Sizes.Of(row), workloads[row]);
}
