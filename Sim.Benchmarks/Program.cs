using Sim.Benchmarks;

// A process that measures one row of one peer for another process.
if (args is [ManagedPeer.Command, var name, var row])
{
    ManagedPeer[] peers = [.. Peers.All.OfType<ManagedPeer>(), SearchWorkloads.Peer, MeterCost.Peer];
    Console.WriteLine(peers.Single(peer => peer.Name == name).MeasureHere(row));
    return 0;
}

// A server of the echo benchmark is this program in another process.
if (args is [EchoPeer.ServerWord, var kind])
{
    EchoServers.Run(kind);
    return 0;
}

// So is the server of the many connections.
if (args is [ConnectionServer.Command])
{
    new ConnectionServer().Run();
    return 0;
}

return args is ["--write"] ? BenchmarksPage.Write() : BenchmarkGroup.RunChosen(args, Console.Out);
