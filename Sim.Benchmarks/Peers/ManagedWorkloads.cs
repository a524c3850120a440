using System.Reactive.Concurrency;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Nito.AsyncEx;

namespace Sim.Benchmarks;

/// <summary>The workloads on what else there is for .NET, each in the way that it is meant to be used.</summary>
internal static class ManagedWorkloads
{
    // It looks at all waiters when one falls due: with a million it would not end.
    public const int FakeTimers = 10_000;

    public static void RxReady()
    {
        var scheduler = new HistoricalScheduler();
        var left = Sizes.Callbacks;
        for (var i = 0; i < Sizes.Chains; i++)
        {
            scheduler.Schedule(0, Chain);
        }

        scheduler.Start();

        IDisposable Chain(IScheduler self, int state) =>
            --left > 0 ? self.Schedule(state, Chain) : System.Reactive.Disposables.Disposable.Empty;
    }

    public static void RxTimers()
    {
        var scheduler = new HistoricalScheduler();
        var random = Sizes.Seed;
        var fired = 0;
        for (var i = 0; i < Sizes.Timers; i++)
        {
            scheduler.Schedule(TimeSpan.FromMilliseconds(Sizes.NextDelay(ref random, Sizes.LongestDelay)), () => fired++);
        }

        scheduler.Start();
    }

    public static void RxSleepers()
    {
        var scheduler = new HistoricalScheduler();
        var random = Sizes.Seed;
        for (var i = 0; i < Sizes.Sleepers; i++)
        {
            scheduler.Schedule(Sizes.Sleeps, TimeSpan.FromMilliseconds(Sizes.NextDelay(ref random, Sizes.LongestSleep)), Sleep);
        }

        scheduler.Start();

        IDisposable Sleep(IScheduler self, int left) => left > 1
            ? self.Schedule(left - 1, TimeSpan.FromMilliseconds(Sizes.NextDelay(ref random, Sizes.LongestSleep)), Sleep)
            : System.Reactive.Disposables.Disposable.Empty;
    }

    public static void FakeTimeTimers()
    {
        var time = new FakeTimeProvider();
        var random = Sizes.Seed;
        var fired = 0;
        var timers = new List<ITimer>();
        for (var i = 0; i < FakeTimers; i++)
        {
            var delay = TimeSpan.FromMilliseconds(Sizes.NextDelay(ref random, Sizes.LongestDelay));
            timers.Add(time.CreateTimer(_ => fired++, null, delay, Timeout.InfiniteTimeSpan));
        }

        time.Advance(TimeSpan.FromMilliseconds(Sizes.LongestDelay));
        timers.ForEach(static timer => timer.Dispose());
    }

    public static void ContextReady() => AsyncContext.Run(static () =>
    {
        var context = SynchronizationContext.Current!;
        var left = Sizes.Callbacks;
        SendOrPostCallback chain = null!;
        chain = _ =>
        {
            if (--left > 0)
            {
                context.Post(chain, null);
            }
        };
        for (var i = 0; i < Sizes.Chains; i++)
        {
            context.Post(chain, null);
        }
    });

    public static void PoolReady()
    {
        using var done = new ManualResetEventSlim();
        var left = Sizes.Callbacks;
        WaitCallback chain = null!;
        chain = _ =>
        {
            if (Interlocked.Decrement(ref left) is var now && now > 0)
            {
                ThreadPool.UnsafeQueueUserWorkItem(chain, null);
            }
            else if (now == 0)
            {
                done.Set();
            }
        };
        for (var i = 0; i < Sizes.Chains; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(chain, null);
        }

        done.Wait();
    }

    /// <summary>1,000 tasks that yield 1,000 times each, wherever they run.</summary>
    public static Task YieldsAsync() => Task.WhenAll(Enumerable.Range(0, Sizes.Yielders).Select(static async _ =>
    {
        await Task.Yield();
        for (var i = 1; i < Sizes.Yields; i++)
        {
            await Task.Yield();
        }
    }));

    public static async Task GathersAsync()
    {
        for (var round = 0; round < Sizes.Gathers; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, Sizes.Gathered).Select(static async _ => await Task.Yield()));
        }
    }

    public static async Task ChannelsAsync()
    {
        var (there, back) = (Channel.CreateBounded<int>(1), Channel.CreateBounded<int>(1));
        var other = AnswerAsync();
        for (var i = 0; i < Sizes.Messages / 2; i++)
        {
            await there.Writer.WriteAsync(i);
            await back.Reader.ReadAsync();
        }

        await other;

        async Task AnswerAsync()
        {
            for (var i = 0; i < Sizes.Messages / 2; i++)
            {
                await back.Writer.WriteAsync(await there.Reader.ReadAsync());
            }
        }
    }

    public static void InContext(Func<Task> body) => AsyncContext.Run(body);

    public static void OnPool(Func<Task> body) => Task.Run(body).GetAwaiter().GetResult();
}
