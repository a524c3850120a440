using Sim.Benchmarks;

// A server of the echo benchmark is this program in another process.
if (args is [EchoPeer.ServerWord, var kind])
{
    EchoServers.Run(kind);
    return 0;
}

// Ratios within one run are what counts: the absolute figures are those of this machine and of what else it is doing.
return BenchmarkGroup.RunChosen(args, Console.Out);
