using FsCheck;
using Sim.Core;

namespace Sim.Properties;

/// <summary>Laws of callbacks, each on a loop of virtual time whose callbacks schedule further ones.</summary>
[Properties(MaxTest = 500, QuietOnSuccess = true)]
public class CallbackLaws
{
    [Property]
    public bool CallSoon_IsFirstInFirstOut(byte[] furtherCalls)
    {
        var scheduled = new List<int>();
        var ran = new List<int>();
        RunOnVirtualTime(loop =>
        {
            void Schedule()
            {
                var number = scheduled.Count;
                scheduled.Add(number);
                loop.CallSoon(() =>
                {
                    ran.Add(number);
                    for (var i = 0; number < furtherCalls.Length && i < furtherCalls[number] % 4; i++)
                    {
                        Schedule();
                    }
                });
            }

            for (var i = 0; i < 3; i++)
            {
                Schedule();
            }
        });
        return ran.SequenceEqual(scheduled);
    }

    [Property]
    public bool CallSoon_RunsBeforeAnyTimerThatIsDueInTheSameIteration(byte[] delays)
    {
        var ran = new List<(long Iteration, bool IsTimer)>();
        RunOnVirtualTime(loop =>
        {
            foreach (var delay in delays)
            {
                loop.CallLater(TimeSpan.FromMilliseconds(delay % 5), () =>
                {
                    ran.Add((loop.Iteration, true));
                    loop.CallLater(TimeSpan.FromMicroseconds(-(delay % 3)), () => ran.Add((loop.Iteration, true)));
                    loop.CallSoon(() => ran.Add((loop.Iteration, false)));
                });
                loop.CallSoon(() => ran.Add((loop.Iteration, false)));
            }
        });
        return ran.Count == delays.Length * 4
            && ran.GroupBy(static call => call.Iteration).All(static batch => batch.SequenceEqual(batch.OrderBy(static call => call.IsTimer)));
    }

    [Property]
    public bool Timers_FireByDeadline_TiesInCreationOrder_AtTheirDueTime(byte[] delays)
    {
        var fired = new List<(long When, int Number)>();
        var punctual = true;
        RunOnVirtualTime(loop =>
        {
            var created = 0;
            void Create(byte delay, bool again)
            {
                var number = created++;
                var when = loop.Time + TimeSpan.FromMilliseconds(delay % 7);
                var handle = loop.CallAt(when, () =>
                {
                    punctual &= loop.Time == when;
                    fired.Add((when.Ticks, number));
                    if (again)
                    {
                        Create((byte)(delay / 7), again: false);
                    }
                });
                punctual &= handle.When == when;
            }

            foreach (var delay in delays)
            {
                Create(delay, again: true);
            }
        });
        return punctual && fired.Count == delays.Length * 2 && fired.SequenceEqual(fired.Order());
    }

    [Property]
    public bool PastAndNegativeDeadlines_RunInTheNextIteration_ByDeadline(short[] delays)
    {
        var fired = new List<(long When, int Number)>();
        var next = true;
        RunOnVirtualTime(loop => loop.CallLater(TimeSpan.FromSeconds(1), () =>
        {
            var iteration = loop.Iteration;
            for (var i = 0; i < delays.Length; i++)
            {
                var number = i;
                var when = loop.Time - TimeSpan.FromMilliseconds(Math.Abs(delays[i] % 4));
                loop.CallAt(when, () =>
                {
                    fired.Add((when.Ticks, number));
                    next &= loop.Iteration == iteration + 1;
                });
            }
        }));
        return next && fired.Count == delays.Length && fired.SequenceEqual(fired.Order());
    }

    [Property]
    public bool CancelledCallbacks_NeverRun_AndCancelIsIdempotent((byte Delay, byte CancelledAt)[] callbacks)
    {
        var ran = new bool[callbacks.Length];
        var prevented = new bool[callbacks.Length];
        var consistent = true;
        RunOnVirtualTime(loop =>
        {
            for (var i = 0; i < callbacks.Length; i++)
            {
                var number = i;
                var delay = callbacks[i].Delay % 4;
                var (cancel, isPending) = delay == 0 ? Soon(number) : Later(number, delay);
                loop.CallLater(TimeSpan.FromMilliseconds(callbacks[i].CancelledAt % 5), () =>
                {
                    var pending = isPending();
                    prevented[number] = cancel();
                    // It prevents what was pending and nothing else, and a second call finds nothing to do.
                    consistent &= prevented[number] == pending && pending != ran[number] && !cancel() && !isPending();
                });
            }

            (Func<bool>, Func<bool>) Soon(int number)
            {
                var handle = loop.CallSoon(() => ran[number] = true);
                return (() => handle.Cancel(), () => handle.IsPending);
            }

            (Func<bool>, Func<bool>) Later(int number, int delay)
            {
                var handle = loop.CallLater(TimeSpan.FromMilliseconds(delay), () => ran[number] = true);
                return (handle.Cancel, () => handle.IsPending);
            }
        });
        return consistent && ran.Zip(prevented).All(static pair => pair.First != pair.Second);
    }

    private static void RunOnVirtualTime(Action<EventLoop> schedule)
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        schedule(loop);
        loop.CallLater(TimeSpan.FromHours(1), loop.Stop);
        loop.RunForever();
    }
}
