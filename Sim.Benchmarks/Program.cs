using Sim.Benchmarks;

// A process that measures one row of one peer for another process.
if (args is [ManagedPeer.Command, var name, var row])
{
    Console.WriteLine(Peers.All.OfType<ManagedPeer>().Concat([SearchWorkloads.Peer, MeterCost.Peer]).Single(peer => peer.Name == name).MeasureHere(row));
    return 0;
}

return args is ["--write"] ? BenchmarksPage.Write() : BenchmarkGroup.RunChosen(args, Console.Out);
