using Sim.Benchmarks;

if (args is [ConnectionServer.Argument])
{
    new ConnectionServer().Run();
    return 0;
}

// Ratios within one run are what counts: the absolute figures are those of this machine and of what else it is doing.
return BenchmarkGroup.RunChosen(args, Console.Out);
