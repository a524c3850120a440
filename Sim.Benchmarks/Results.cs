using System.Globalization;

namespace Sim.Benchmarks;

/// <summary>What was measured in one run: ratios are taken within it and nowhere else.</summary>
internal sealed class Results
{
    private readonly Dictionary<(string Row, string Peer), Measurement> _measured = [];

    public void Add(string row, Peer peer, Measurement measured) => _measured[(row, peer.Name)] = measured;

    /// <summary>Nanoseconds; null where it was not measured.</summary>
    public double? Of(string row, Peer peer) => _measured.TryGetValue((row, peer.Name), out var found) ? found.Nanoseconds : null;

    public string Cell(string row, Peer peer) => Of(row, peer) is not { } own ? "–"
        : peer == Peers.Sim || Of(row, Peers.Sim) is not { } sim ? Number(own)
        : $"{Number(own)} ({Number(own / sim)})";

    public string PeakCell(string row, Peer peer) =>
        _measured.TryGetValue((row, peer.Name), out var found) ? $"{found.PeakBytes / 1_000_000}" : "–";

    /// <summary>Three digits, whatever the size.</summary>
    public static string Number(double value) => value.ToString(
        value >= 100 ? "N0" : value >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);
}
