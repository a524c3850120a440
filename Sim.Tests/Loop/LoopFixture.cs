using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>
/// A fresh loop for each test, on virtual or on real time: the same tests hold on both. Errors that reach the exception
/// handler and that the test has not taken fail it.
/// </summary>
public abstract class LoopFixture(LoopKind kind)
{
    private readonly List<LoopError> _errors = [];
    private EventLoop? _loop;

    protected EventLoop Loop => _loop!;

    /// <summary>What the loop has written to its log.</summary>
    protected List<string> Logged { get; } = [];

    /// <summary>What the test records, in order.</summary>
    protected List<string> Log { get; } = [];

    protected bool IsVirtual => kind == LoopKind.Virtual;

    /// <summary>A delay that is short on real time.</summary>
    protected static TimeSpan Soon { get; } = TimeSpan.FromMilliseconds(5);

    [SetUp]
    public void OpenLoop()
    {
        Log.Clear();
        Logged.Clear();
        _errors.Clear();
        // Errors are told when the loop closes, not when the collector comes by: tests go by their order.
        _loop = NewLoop(Configure(new LoopOptions { ReportLostFailuresEarly = false, Log = Logged.Add }));
    }

    [TearDown]
    public void CloseLoop()
    {
        Loop.Close();
        Assert.That(TakeErrors(), Is.Empty, "errors that reached the exception handler");
    }

    protected virtual LoopOptions Configure(LoopOptions options) => options;

    protected EventLoop NewLoop(LoopOptions options)
    {
        var loop = kind == LoopKind.Virtual ? Asyncio.NewVirtualEventLoop(options) : Asyncio.NewEventLoop(options);
        loop.ExceptionHandler = _errors.Add;
        return loop;
    }

    /// <summary>The errors so far; they do not count as unexpected any more.</summary>
    protected List<LoopError> TakeErrors()
    {
        var taken = _errors.ToList();
        _errors.Clear();
        return taken;
    }

    protected LoopError TakeError()
    {
        var taken = TakeErrors();
        Assert.That(taken, Has.Count.EqualTo(1));
        return taken[0];
    }

    protected void Run(Func<Task> body) => Loop.RunUntilComplete(body);

    /// <summary>Exactly so many iterations, none of them waiting (rule 14).</summary>
    protected void Iterate(int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            Loop.Stop();
            Loop.RunForever();
        }
    }

    /// <summary>How many iterations pass until <paramref name="awaitable"/> has been awaited.</summary>
    protected async Task<long> TicksOf(Func<Task> awaitable)
    {
        var start = Loop.Iteration;
        await awaitable();
        return Loop.Iteration - start;
    }

    /// <summary>Lets everything run that needs no time: more ticks than any chain in the tests has.</summary>
    protected static async Task SettleAsync()
    {
        for (var i = 0; i < 30; i++)
        {
            await Asyncio.YieldAsync();
        }
    }

    /// <summary>Records a line with the number of the iteration, counted from <paramref name="start"/>.</summary>
    protected void LogTick(string what, long start) => Log.Add($"{what}@{Loop.Iteration - start}");

    protected static TimeSpan Milliseconds(double count) => TimeSpan.FromMilliseconds(count);

    /// <summary>Waits, without leaving the processor, until <paramref name="thread"/> stands before a lock or in another wait.</summary>
    protected static void UntilBlocked(Thread thread) =>
        SpinWait.SpinUntil(() => (thread.ThreadState & ThreadState.WaitSleepJoin) != 0);

    /// <summary>Runs on a thread of its own and waits for it; passes its exception on.</summary>
    protected internal static Exception? OnOtherThread(Action action)
    {
        Exception? caught = null;
        var thread = new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception error)
            {
                caught = error;
            }
        })
        { Name = "other" };
        thread.Start();
        // Not Join: that the loop would refuse.
        SpinWait.SpinUntil(() => !thread.IsAlive);
        return caught;
    }
}
