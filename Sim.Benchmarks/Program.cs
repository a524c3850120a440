using Sim.Benchmarks;

// A process that measures one row of one peer for another process.
if (args is [ManagedPeer.Command, var name, var row])
{
    Console.WriteLine(Peers.All.OfType<ManagedPeer>().Append(SearchWorkloads.Peer).Single(peer => peer.Name == name).MeasureHere(row));
    return 0;
}

return BenchmarkGroup.RunChosen(args, Console.Out);
