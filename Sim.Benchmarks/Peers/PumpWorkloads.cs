namespace Sim.Benchmarks;

/// <summary>The workloads on the bare pump: the floor for what a loop in C# can cost.</summary>
internal static class PumpWorkloads
{
    public static void Timers()
    {
        var pump = new Pump();
        var random = Sizes.Seed;
        var fired = 0;
        for (var i = 0; i < Sizes.Timers; i++)
        {
            pump.Add(_ => fired++, null, Sizes.NextDelay(ref random, Sizes.LongestDelay));
        }

        pump.Run();
    }

    public static void Sleepers() => InTasks(Sizes.Sleepers, static async (pump, random) =>
    {
        for (var i = 0; i < Sizes.Sleeps; i++)
        {
            await pump.Wait(Sizes.NextDelay(ref random[0], Sizes.LongestSleep));
        }
    });

    public static void Yields() => InTasks(Sizes.Yielders, static async (pump, _) =>
    {
        for (var i = 0; i < Sizes.Yields; i++)
        {
            await pump.Wait(0);
        }
    });

    public static void Gathers()
    {
        for (var round = 0; round < Sizes.Gathers; round++)
        {
            InTasks(Sizes.Gathered, static async (pump, _) => await pump.Wait(0));
        }
    }

    public static void Queues()
    {
        var pump = new Pump();
        var (there, back) = (new Pump.Slot(pump), new Pump.Slot(pump));
        var answers = AnswerAsync();
        var asks = AskAsync();
        pump.Run();
        Finish([answers, asks]);

        async Task AnswerAsync()
        {
            for (var i = 0; i < Sizes.Messages / 2; i++)
            {
                await back.PutAsync(await there.GetAsync());
            }
        }

        async Task AskAsync()
        {
            for (var i = 0; i < Sizes.Messages / 2; i++)
            {
                await there.PutAsync(i);
                await back.GetAsync();
            }
        }
    }

    private static void InTasks(int count, Func<Pump, ulong[], Task> body)
    {
        var pump = new Pump();
        ulong[] random = [Sizes.Seed];
        var tasks = new Task[count];
        for (var i = 0; i < count; i++)
        {
            tasks[i] = body(pump, random);
        }

        pump.Run();
        Finish(tasks);
    }

    private static void Finish(Task[] tasks)
    {
        if (!Task.WhenAll(tasks).IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("The pump has run dry before its tasks were done.");
        }
    }
}
