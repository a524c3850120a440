namespace Sim.Benchmarks;

/// <summary>What one server has done in the rounds of one scenario.</summary>
internal sealed class EchoSeries
{
    private readonly List<double> _rates = [];
    private readonly EchoLatencies _latencies = new();
    private TimeSpan _cpu;
    private TimeSpan _clientCpu;
    private long _count;

    /// <summary>Whether it was measured at all.</summary>
    public bool IsEmpty => _rates.Count == 0;

    /// <summary>Requests in a second; the median of the rounds.</summary>
    public double Rate => _rates.Order().ElementAt(_rates.Count / 2);

    public double Slowest => _rates.Min();

    public double Fastest => _rates.Max();

    /// <summary>Microseconds of the server's processor time for a request, over all rounds.</summary>
    public double CpuMicroseconds => _cpu.TotalMicroseconds / _count;

    /// <summary>Microseconds of the client's: where it takes as long as the server, the client is what is measured.</summary>
    public double ClientCpuMicroseconds => _clientCpu.TotalMicroseconds / _count;

    public double Median => _latencies.Microseconds(500);

    public double Tail => _latencies.Microseconds(990);

    /// <summary>One round; the connections are made before it, and closed after it.</summary>
    public void Measure(EchoProcess server, EchoScenario scenario, TimeSpan duration)
    {
        using var client = new EchoClient(server.Port, scenario.Active, scenario.Idle);
        // The first requests find cold caches and connections that are not accepted yet.
        client.Run(duration / 10, new EchoLatencies());
        var (before, clientBefore) = (server.Cpu, Environment.CpuUsage.TotalTime);
        var (count, seconds) = client.Run(duration, _latencies);
        _cpu += server.Cpu - before;
        _clientCpu += Environment.CpuUsage.TotalTime - clientBefore;
        _count += count;
        _rates.Add(count / seconds);
    }
}
