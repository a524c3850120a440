using Sim.Benchmarks;

// A process that measures one row of one peer for another process.
if (args is [ManagedPeer.Command, var name, var row])
{
    Console.WriteLine(Peers.All.OfType<ManagedPeer>().Append(SearchWorkloads.Peer).Single(peer => peer.Name == name).MeasureHere(row));
    return 0;
}

// A server of the echo benchmark is this program in another process.
if (args is [EchoPeer.ServerWord, var kind])
{
    EchoServers.Run(kind);
    return 0;
}

// Ratios within one run are what counts: the absolute figures are those of this machine and of what else it is doing.
return BenchmarkGroup.RunChosen(args, Console.Out);
