using System.Runtime.InteropServices;

namespace Sim.Benchmarks;

/// <summary>The page that is printed: a table for each number of connections, and at the end what was aimed at.</summary>
internal sealed class EchoTable(EchoOptions options, IReadOnlyList<EchoPeer> peers)
{
    private const double AimOverUvloop = 1.2;
    private const double AimOverSockets = 1.5;
    private const double AimWithIdle = 0.8;

    private readonly List<string> _aims = [];
    private readonly Dictionary<EchoScenario, double> _rates = [];

    public void WriteHead()
    {
        Console.WriteLine(
            $"Echo over TCP on loopback: {EchoClient.MessageSize}-byte messages, one under way on each connection, one client for all servers.");
        Console.WriteLine(
            $"{Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}; {options.Rounds} rounds of {options.Turn.TotalSeconds:0.##} s, "
            + "the servers in turn; the rate is the median of the rounds.");
    }

    public void Write(EchoScenario scenario, IReadOnlyDictionary<EchoPeer, EchoSeries> all)
    {
        var uvloop = Of(EchoPeer.UvloopKey, all);
        var sockets = Of(EchoPeer.SocketsKey, all);
        Console.WriteLine();
        Console.WriteLine(
            $"{scenario,-38} {"requests/s",10} {"slowest - fastest",19} {"p50 µs",8} {"p99 µs",8} {"CPU µs",7} {"x uvloop",9} {"x .NET/CPU",10}");
        foreach (var peer in peers)
        {
            var series = all[peer];
            if (peer.Command is null)
            {
                Console.WriteLine($"  {peer.Name,-36} not installed: {peer.HowToGet}");
            }
            else if (series.IsEmpty)
            {
                Console.WriteLine($"  {peer.Name,-36} not measured with so many");
            }
            else
            {
                Console.WriteLine(
                    $"  {peer.Name,-36} {series.Rate,10:N0} {$"{series.Slowest:N0} - {series.Fastest:N0}",19} {series.Median,8:N1} {series.Tail,8:N1} "
                    + $"{series.CpuMicroseconds,7:N2} {Ratio(series.Rate, uvloop?.Rate),9} {Ratio(sockets?.CpuMicroseconds, series.CpuMicroseconds),10}");
            }
        }

        if (Of(EchoPeer.SimKey, all) is { } sim)
        {
            _rates[scenario] = sim.Rate;
            NoteAims(scenario, sim, uvloop, sockets);
        }
    }

    public void WriteAims()
    {
        Console.WriteLine();
        Console.WriteLine("Aims of Sim on epoll");
        _aims.ForEach(Console.WriteLine);
    }

    private void NoteAims(EchoScenario scenario, EchoSeries sim, EchoSeries? uvloop, EchoSeries? sockets)
    {
        if (scenario.Idle > 0)
        {
            if (_rates.TryGetValue(scenario with { Idle = 0 }, out var without))
            {
                Note(scenario, "requests/s, against the same without the idle ones", sim.Rate / without, AimWithIdle);
            }

            return;
        }

        if (uvloop is not null)
        {
            Note(scenario, "requests/s, against uvloop's protocol", sim.Rate / uvloop.Rate, AimOverUvloop);
        }

        if (sockets is not null)
        {
            Note(scenario, "requests per CPU second, against .NET sockets", sockets.CpuMicroseconds / sim.CpuMicroseconds, AimOverSockets);
        }
    }

    private void Note(EchoScenario scenario, string what, double reached, double aim) =>
        _aims.Add($"  {scenario,-36} {what,-52} {reached,5:N2}  (at least {aim:N2}: {(reached >= aim ? "met" : "MISSED")})");

    private EchoSeries? Of(string key, IReadOnlyDictionary<EchoPeer, EchoSeries> all) =>
        peers.FirstOrDefault(peer => peer.Key == key) is { } peer && !all[peer].IsEmpty ? all[peer] : null;

    private static string Ratio(double? over, double? under) => over / under is { } ratio ? $"{ratio:N2}" : "";
}
