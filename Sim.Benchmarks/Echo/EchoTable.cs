using System.Globalization;
using System.Runtime.InteropServices;

namespace Sim.Benchmarks;

/// <summary>The section that is written: a table for each number of connections, and at the end what was aimed at.</summary>
internal sealed class EchoTable(EchoOptions options, IReadOnlyList<EchoPeer> peers, TextWriter report)
{
    private const double AimOverUvloop = 1.2;
    private const double AimOverSockets = 1.5;
    private const double AimWithIdle = 0.8;

    private readonly List<string> _aims = [];
    private readonly Dictionary<EchoScenario, double> _rates = [];

    public void WriteHead()
    {
        report.WriteLine("## Echo");
        report.WriteLine();
        report.WriteLine($"TCP on loopback, messages of {EchoClient.MessageSize} bytes, one under way on each connection. Each");
        report.WriteLine("server has a process of its own, and all have the same client (one thread on raw epoll) in turn.");
        report.WriteLine($"{Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}, {options.Rounds} rounds of "
            + $"{options.Turn.TotalSeconds:0.##} s; requests per second are their median,");
        report.WriteLine("a ratio of them the median of the ratios of each round. CPU is the server's processor time for a request");
        report.WriteLine("(utime and stime), client CPU that of the client, which looks for answers for up to 50 µs before it sleeps.");
    }

    public void Write(EchoScenario scenario, List<EchoSeries> all)
    {
        var uvloop = Of(EchoPeer.UvloopKey, all);
        var sockets = Of(EchoPeer.SocketsKey, all);
        report.WriteLine();
        report.WriteLine($"### {scenario}");
        report.WriteLine();
        Row("server", "requests/s", "slowest-fastest", "p50 µs", "p99 µs", "CPU µs", "client CPU", "to uvloop", "CPU, to .NET");
        Row(new string('-', 31), Rule(10), Rule(17), Rule(8), Rule(8), Rule(7), Rule(10), Rule(9), Rule(12));
        foreach (var peer in peers)
        {
            if (Of(peer.Key, all) is not { } series)
            {
                var why = peer.Command is null ? $"not installed: {peer.HowToGet}" : "not measured with so many";
                report.WriteLine($"| {peer.Name,-31} | {why} |");
                continue;
            }

            Row(
                peer.Name, $"{series.Rate:N0}", $"{series.Slowest:N0}-{series.Fastest:N0}", $"{series.Median:N1}",
                $"{series.Tail:N1}", $"{series.CpuMicroseconds:N2}", $"{series.ClientCpuMicroseconds:N2}",
                Ratio(uvloop is null ? null : series.RateOver(uvloop), 1),
                Ratio(sockets?.CpuMicroseconds, series.CpuMicroseconds));
        }

        if (Of(EchoPeer.SimKey, all) is { } sim)
        {
            _rates[scenario] = sim.Rate;
            NoteAims(scenario, sim, uvloop, sockets, Of(EchoPeer.FloorKey, all));
        }
    }

    public void WriteAims()
    {
        if (_aims.Count == 0)
        {
            return;
        }

        report.WriteLine();
        report.WriteLine("### Aims of Sim on epoll");
        report.WriteLine();
        report.WriteLine("| aim | here | |");
        report.WriteLine("| --- | ---: | --- |");
        _aims.ForEach(report.WriteLine);
        report.WriteLine();
        report.WriteLine("The floor does nothing but what the kernel needs: one receive and one send for each event. What it does not");
        report.WriteLine("reach no server that makes these calls can.");
        report.WriteLine();
    }

    private void NoteAims(EchoScenario scenario, EchoSeries sim, EchoSeries? uvloop, EchoSeries? sockets, EchoSeries? floor)
    {
        if (scenario.Idle > 0)
        {
            if (_rates.TryGetValue(scenario with { Idle = 0 }, out var without))
            {
                Note(
                    $"{scenario}: at least {AimWithIdle:N2} times the requests of {scenario with { Idle = 0 }}", AimWithIdle,
                    sim.Rate / without,
                    "the two are measured one after the other, and what else the machine does comes in between: compare their CPU µs");
            }

            return;
        }

        if (options.Scenarios.Any(other => other.Active == scenario.Active && other.Idle > 0))
        {
            // Here only to be compared with.
            return;
        }

        if (uvloop is not null)
        {
            Note(
                $"{scenario}: at least {AimOverUvloop:N2} times the requests of uvloop's protocol", AimOverUvloop, sim.RateOver(uvloop),
                Obstacle(floor?.RateOver(uvloop), AimOverUvloop));
        }

        if (sockets is not null)
        {
            Note(
                $"{scenario}: at least {AimOverSockets:N2} times the requests per CPU second of plain .NET sockets", AimOverSockets,
                sockets.CpuMicroseconds / sim.CpuMicroseconds, Obstacle(sockets.CpuMicroseconds / floor?.CpuMicroseconds, AimOverSockets));
        }
    }

    private static string Obstacle(double? floor, double aim) =>
        floor is null ? "the floor was not measured, so it cannot be told whose part it is"
        : floor < aim ? $"the kernel's part, which is the same for all: the floor itself reaches {floor:N2}"
        : $"the floor reaches {floor:N2}; the rest is the loop's: the poll, a task and its step for each message";

    private void Note(string what, double aim, double reached, string obstacle) => _aims.Add(
        string.Create(CultureInfo.InvariantCulture, $"| {what} | {reached:N2} | {(reached >= aim ? "met" : $"**missed**: {obstacle}")} |"));

    private static EchoSeries? Of(string key, List<EchoSeries> all) => all.Find(series => series.Peer.Key == key);

    private void Row(
        string name, string rate, string range, string median, string tail, string cpu, string client, string toUvloop, string toSockets) =>
        report.WriteLine(
            $"| {name,-31} | {rate,10} | {range,17} | {median,8} | {tail,8} | {cpu,7} | {client,10} | {toUvloop,9} | {toSockets,12} |");

    private static string Rule(int width) => new string('-', width - 1) + ":";

    private static string Ratio(double? over, double? under) => over / under is { } ratio ? $"{ratio:N2}" : "";
}
