namespace Sim.Benchmarks;

/// <summary>
/// Echo over TCP on loopback, server by server, with one client: each server in a process of its own, all of them started
/// before the first round and measured in turn, so that what else the machine does falls on all of them alike.
/// </summary>
internal static class EchoBenchmark
{
    private const string Usage = """
        echo [--rounds n] [--seconds s] [--only key,key] [--connections n,n]

          --rounds       how often each server has its turn (25)
          --seconds      how long a turn is (0.1)
          --only         these servers: sim-epoll, uvloop, uvloop-streams, sockets, asyncio, asyncio-streams,
                         sim-sleeping, sim-completions, sim-select, floor
          --connections  these numbers of connections instead of 1, 64, 512, 8 and 8 with 1,500 idle ones (8+1500)
        """;

    public static int Write(IReadOnlyList<string> arguments, TextWriter report)
    {
        if (!OperatingSystem.IsLinux())
        {
            report.WriteLine("## Echo");
            report.WriteLine();
            report.WriteLine("The echo benchmark needs Linux: its client stands on epoll, and so does what it measures.");
            return 0;
        }

        if (EchoOptions.Parse(arguments) is not { } options)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var peers = EchoPeer.Find().Where(peer => options.Only is null || options.Only.Contains(peer.Key)).ToList();
        var servers = peers.Where(static peer => peer.Command is not null).Select(static peer => new EchoProcess(peer)).ToList();
        try
        {
            Measure(options, peers, servers, report);
        }
        finally
        {
            servers.ForEach(static server => server.Dispose());
        }

        return 0;
    }

    private static void Measure(EchoOptions options, List<EchoPeer> peers, List<EchoProcess> servers, TextWriter report)
    {
        // The compilers of .NET take a while until they have done their best.
        WarmUp(servers, new EchoScenario(16, 0), TimeSpan.FromSeconds(0.7));
        WarmUp(servers, new EchoScenario(1, 0), TimeSpan.FromSeconds(0.3));
        var table = new EchoTable(options, peers, report);
        table.WriteHead();
        foreach (var scenario in options.Scenarios)
        {
            var all = Connect(servers, scenario);
            for (var round = 0; round < options.Rounds; round++)
            {
                all.ForEach(series => series.Measure(options.Turn));
            }

            table.Write(scenario, all);
            report.Flush();
            all.ForEach(static series => series.Dispose());
        }

        table.WriteAims();
    }

    private static List<EchoSeries> Connect(List<EchoProcess> servers, EchoScenario scenario) =>
    [
        .. servers.Where(server => scenario.Active + scenario.Idle <= server.Peer.MostConnections)
            .Select(server => new EchoSeries(server, scenario)),
    ];

    private static void WarmUp(List<EchoProcess> servers, EchoScenario scenario, TimeSpan duration)
    {
        for (var round = 0; round < 2; round++)
        {
            foreach (var server in servers)
            {
                using var series = new EchoSeries(server, scenario);
                series.Measure(duration);
            }
        }
    }
}
