using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>Programs with a bug in places where they can be edited: an edit is a name, and each place asks for it.</summary>
internal static class EditedPrograms
{
    public static IReadOnlyList<string> Bugs { get; } = ["account", "deadlock", "timeout", "handover"];

    public static IReadOnlyList<string> HarmlessEdits { get; } =
    [
        "main yields first", "main sleeps first", "main yields three times first", "main yields between the tasks", "main yields last",
        "another task first", "another task last", "another task between", "another task that sleeps", "another task that draws",
        "carol yields", "carol sleeps", "carol yields five times",
        "bob yields last", "alice yields last", "alice yields first", "bob yields first", "both yield first", "both sleep first",
    ];

    public static async Task RunAsync(string bug, string edit)
    {
        await IfAsync("main yields first", Asyncio.YieldAsync);
        await IfAsync("main sleeps first", static () => Asyncio.SleepAsync(TimeSpan.FromSeconds(1)));
        await IfAsync("main yields three times first", static () => YieldAsync(3));
        StartIf("another task first", static () => YieldAsync(2).AsTask());
        StartIf("another task that sleeps", static async () => await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(2)));
        StartIf("another task that draws", static () =>
        {
            Simulation.Current.Random.Next(9);
            return Task.CompletedTask;
        });
        var (first, second, check) = BodiesOf(bug, edit);
        var tasks = new List<LoopTask> { Asyncio.CreateTask(() => EditedAsync("alice", first), "alice") };
        await IfAsync("main yields between the tasks", Asyncio.YieldAsync);
        StartIf("another task between", static () => YieldAsync(2).AsTask());
        if (edit != "bob is gone")
        {
            tasks.Add(Asyncio.CreateTask(() => EditedAsync("bob", second), edit == "bob is called rob" ? "rob" : "bob"));
        }

        tasks.Add(Asyncio.CreateTask(() => EditedAsync("carol", static () => YieldAsync(2).AsTask()), "carol"));
        StartIf("another task last", static () => YieldAsync(3).AsTask());
        foreach (var task in tasks)
        {
            await task;
        }

        await IfAsync("main yields last", Asyncio.YieldAsync);
        check();

        async Task EditedAsync(string name, Func<Task> body)
        {
            await IfAsync($"{name} yields first", Asyncio.YieldAsync);
            await IfAsync($"{name} yields", Asyncio.YieldAsync);
            await IfAsync($"{name} sleeps", static () => Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1)));
            await IfAsync($"{name} yields five times", static () => YieldAsync(5));
            if (name != "carol")
            {
                await IfAsync("both yield first", Asyncio.YieldAsync);
                await IfAsync("both sleep first", static () => Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1)));
            }

            await body();
            await IfAsync($"{name} yields last", Asyncio.YieldAsync);
        }

        async ValueTask IfAsync(string name, Func<ValueTask> what)
        {
            if (edit == name)
            {
                await what();
            }
        }

        void StartIf(string name, Func<Task> body)
        {
            if (edit == name)
            {
                Asyncio.CreateTask(body, "another");
            }
        }
    }

    private static (Func<Task> Alice, Func<Task> Bob, Action Check) BodiesOf(string bug, string edit) => bug switch
    {
        "account" => Account(edit),
        "deadlock" => Deadlock(edit),
        "timeout" => Timeout(edit),
        _ => Handover(edit),
    };

    // Both look, and both act.
    private static (Func<Task> Alice, Func<Task> Bob, Action Check) Account(string edit)
    {
        var balance = 100;
        var gate = new AsyncLock("gate");
        return (() => WithdrawAsync(70, 1), () => WithdrawAsync(60, 4), () => Require(balance >= 0, $"The balance is {balance}."));

        async Task WithdrawAsync(int amount, int pauses)
        {
            await YieldAsync(pauses);
            if (edit == "lock")
            {
                await gate.AcquireAsync();
            }

            if (balance >= amount)
            {
                if (edit != "no await in the race")
                {
                    await Asyncio.YieldAsync();
                }

                balance -= amount;
            }

            if (edit == "lock")
            {
                gate.Release();
            }
        }
    }

    // Two locks in opposite order.
    private static (Func<Task> Alice, Func<Task> Bob, Action Check) Deadlock(string edit)
    {
        var (left, right) = (new AsyncLock("left"), new AsyncLock("right"));
        var isOrdered = edit == "locks in the same order";
        return (() => TakeAsync(left, right, 0), () => isOrdered ? TakeAsync(left, right, 3) : TakeAsync(right, left, 3), static () => { });

        static async Task TakeAsync(AsyncLock one, AsyncLock other, int pauses)
        {
            await YieldAsync(pauses);
            await one.AcquireAsync();
            await Asyncio.YieldAsync();
            await other.AcquireAsync();
            other.Release();
            one.Release();
        }
    }

    // Jitter lets alice come when bob has closed.
    private static (Func<Task> Alice, Func<Task> Bob, Action Check) Timeout(string edit)
    {
        var isClosed = false;
        return (
            async () =>
            {
                var jitter = edit == "no jitter" ? 0 : Simulation.Current.Draw("jitter", 10);
                await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(jitter));
                Require(!isClosed, "Closed.");
            },
            async () =>
            {
                await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(5));
                isClosed = true;
            },
            static () => { });
    }

    // Alice looks, then waits; bob sets and wakes who waits, in between.
    private static (Func<Task> Alice, Func<Task> Bob, Action Check) Handover(string edit)
    {
        var isSet = false;
        var signal = new AsyncCondition(name: "signal");
        return (
            async () =>
            {
                if (edit == "notified after the wait")
                {
                    await Asyncio.YieldAsync();
                }

                if (!isSet)
                {
                    if (edit != "notified after the wait")
                    {
                        await Asyncio.YieldAsync();
                    }

                    await signal.AcquireAsync();
                    await signal.WaitAsync();
                    signal.Release();
                }
            },
            async () =>
            {
                await YieldAsync(4);
                isSet = true;
                await signal.AcquireAsync();
                signal.NotifyAll();
                signal.Release();
            },
            static () => { });
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }

    private static async ValueTask YieldAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Asyncio.YieldAsync();
        }
    }
}
