using FsCheck;
using Sim.Core;

namespace Sim.Properties;

[Properties(MaxTest = 300, QuietOnSuccess = true)]
public class GatherLaws
{
    [Property]
    public bool Results_AreInArgumentOrder_WhateverTheCompletionOrder_WithDuplicates(byte[] delays, byte[] duplicates) =>
        Asyncio.Run(
            async () =>
            {
                var tasks = Start(delays, static _ => false);
                var arguments = WithDuplicates(tasks, duplicates);
                var results = await Asyncio.GatherAsync(arguments);
                return results.SequenceEqual(arguments.Select(static task => task.Result));
            },
            static () => Asyncio.NewVirtualEventLoop());

    [Property]
    public bool FirstFailure_IsTheOneThatHappensFirst_AndTheOthersGoOn((byte Delay, bool Fails)[] children) =>
        Asyncio.Run(
            async () =>
            {
                var tasks = Start(children.Select(static child => child.Delay).ToArray(), number => children[number].Fails);
                int? failed = null;
                try
                {
                    await Asyncio.GatherAsync<int>(tasks);
                }
                catch (ArithmeticException error)
                {
                    failed = int.Parse(error.Message, null);
                }

                // Equal delays end in creation order, so the first is the least (delay, number).
                var expected = Enumerable.Range(0, children.Length).Where(number => children[number].Fails)
                    .OrderBy(number => Delay(children[number].Delay)).Select(static number => (int?)number).FirstOrDefault();
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
                return failed == expected && tasks.Select((task, number) =>
                    task.State == (children[number].Fails ? FutureState.Failed : FutureState.Succeeded)).All(static right => right);
            },
            static () => Asyncio.NewVirtualEventLoop(new LoopOptions { Log = static line => throw new InvalidOperationException(line) }));

    [Property]
    public bool Outcomes_HaveResultsFailuresAndCancellations_InArgumentOrder((byte Delay, byte Fate)[] children, byte[] duplicates) =>
        Asyncio.Run(
            async () =>
            {
                var tasks = Start(children.Select(static child => child.Delay).ToArray(), number => children[number].Fate % 3 == 1);
                for (var i = 0; i < children.Length; i++)
                {
                    if (children[i].Fate % 3 == 2)
                    {
                        tasks[i].Cancel();
                    }
                }

                var arguments = WithDuplicates(tasks, duplicates);
                var outcomes = await Asyncio.GatherOutcomesAsync(arguments);
                return outcomes.Length == arguments.Length && outcomes.Zip(arguments).All(pair =>
                {
                    var number = Array.IndexOf(tasks, pair.Second);
                    return (children[number].Fate % 3) switch
                    {
                        0 => pair.First.IsSuccess && pair.First.Result == number,
                        1 => pair.First.Exception is ArithmeticException error && error.Message == $"{number}",
                        _ => pair.First.Exception is OperationCanceledException,
                    };
                });
            },
            static () => Asyncio.NewVirtualEventLoop());

    [Property]
    public bool CancellingIt_CancelsAllThatAreNotDone_AndItEndsWhenTheyHave((byte Delay, bool Swallows)[] children, byte cancelledAt) =>
        Asyncio.Run(
            async () =>
            {
                var tasks = children.Select((child, number) => (Future<int>)Asyncio.CreateTask(() => WorkAsync(number, child.Delay, child.Swallows))).ToArray();
                var all = Asyncio.GatherAsync(tasks);
                await Asyncio.SleepAsync(TimeSpan.FromMilliseconds((cancelledAt % 8) + 0.5));
                var left = tasks.Count(static task => !task.IsDone);
                var reached = all.Cancel();
                try
                {
                    await all;
                    return !reached && left == 0;
                }
                catch (OperationCanceledException)
                {
                    return reached && left > 0 && tasks.All(static task => task.IsDone);
                }
            },
            static () => Asyncio.NewVirtualEventLoop());

    private static int Delay(byte value) => value % 8;

    private static Future<int>[] Start(byte[] delays, Func<int, bool> fails) =>
        [.. delays.Select((delay, number) => Asyncio.CreateTask(async () =>
        {
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1 + Delay(delay)));
            return fails(number) ? throw new ArithmeticException($"{number}") : number;
        }))];

    private static async Task<int> WorkAsync(int number, byte delay, bool swallows)
    {
        try
        {
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(Delay(delay)));
        }
        catch (OperationCanceledException) when (swallows)
        {
            await Asyncio.YieldAsync();
        }

        return number;
    }

    private static Future<int>[] WithDuplicates(Future<int>[] tasks, byte[] duplicates) =>
        [.. tasks, .. duplicates.Where(_ => tasks.Length > 0).Select(index => tasks[index % tasks.Length])];
}
