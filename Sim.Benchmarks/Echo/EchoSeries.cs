namespace Sim.Benchmarks;

/// <summary>What one server does in the rounds of one scenario, on connections that stay.</summary>
internal sealed class EchoSeries : IDisposable
{
    private readonly EchoProcess _server;
    private readonly EchoClient _client;
    private readonly List<double> _rates = [];
    private readonly EchoLatencies _latencies = new();
    private TimeSpan _cpu;
    private TimeSpan _clientCpu;
    private long _count;

    /// <summary>Connects.</summary>
    public EchoSeries(EchoProcess server, EchoScenario scenario)
    {
        _server = server;
        _client = new EchoClient(server.Port, scenario.Active, scenario.Idle);
        // The first requests find cold caches and connections that are not accepted yet.
        _client.Run(TimeSpan.FromSeconds(0.1), new EchoLatencies());
    }

    public EchoPeer Peer => _server.Peer;

    /// <summary>Requests in a second; the median of the rounds.</summary>
    public double Rate => MedianOf(_rates);

    public double Slowest => _rates.Min();

    public double Fastest => _rates.Max();

    /// <summary>Microseconds of the server's processor time for a request, over all rounds.</summary>
    public double CpuMicroseconds => _cpu.TotalMicroseconds / _count;

    /// <summary>Microseconds of the client's: where it takes as long as the server, the client is what is measured.</summary>
    public double ClientCpuMicroseconds => _clientCpu.TotalMicroseconds / _count;

    public double Median => _latencies.Microseconds(500);

    public double Tail => _latencies.Microseconds(990);

    /// <summary>How many times as fast: the median of the ratios of each round, whose turns follow one another.</summary>
    public double RateOver(EchoSeries other) =>
        MedianOf([.. _rates.Zip(other._rates).Where(static round => round.Second > 0).Select(static round => round.First / round.Second)]);

    /// <summary>One turn.</summary>
    public void Measure(TimeSpan duration)
    {
        var (before, clientBefore) = (_server.Cpu, Environment.CpuUsage.TotalTime);
        var (count, seconds) = _client.Run(duration, _latencies);
        _cpu += _server.Cpu - before;
        _clientCpu += Environment.CpuUsage.TotalTime - clientBefore;
        _count += count;
        _rates.Add(count == 0 ? 0 : count / seconds);
    }

    public void Dispose() => _client.Dispose();

    private static double MedianOf(List<double> values) => values.Order().ElementAtOrDefault(values.Count / 2);
}
