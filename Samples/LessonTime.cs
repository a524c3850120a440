using Sim.Clock;
using Sim.Core;

namespace Samples;

/// <summary>The time on which a lesson plays. A lesson asks it for loops and never asks which of the two it is.</summary>
public abstract class LessonTime
{
    /// <summary>Time that passes by itself: the clock of this machine and the poller of this platform.</summary>
    public static LessonTime Real { get; } = new RealTime();

    /// <summary>Time that is a variable: it jumps to the next deadline when nothing is ready.</summary>
    public static LessonTime Virtual { get; } = new VirtualTime();

    /// <summary>For people: <c>real</c> or <c>virtual</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Makes a loop on each poller that can wait on this time, the preferred one first; the loop is named after it.</summary>
    public abstract IReadOnlyList<Func<EventLoop>> LoopOnEachPoller { get; }

    /// <summary>A new loop as one gets it without wishes of one's own.</summary>
    public abstract EventLoop NewLoop(LoopOptions? options = null);

    /// <summary>A new loop that starts this machine's programs, or where there are none <paramref name="standIns"/>.</summary>
    public abstract EventLoop NewLoop(VirtualProcesses standIns);

    /// <summary>The network for a loop on this time.</summary>
    public abstract INetwork NewNetwork(EventLoop loop);

    /// <summary>Makes something of your own from a clock and a poller that belong together.</summary>
    public abstract T Compose<T>(Func<IClock, IPoller, T> make);

    private sealed class RealTime : LessonTime
    {
        public override string Name => "real";

        public override IReadOnlyList<Func<EventLoop>> LoopOnEachPoller => EpollPoller.IsSupported
            ? [() => On(new EpollPoller(SystemClock.Instance)), .. Everywhere]
            : [() => On(SystemPoller.Create(SystemClock.Instance)), .. Everywhere];

        private static IReadOnlyList<Func<EventLoop>> Everywhere =>
            [() => On(new CompletionPoller(SystemClock.Instance)), () => On(new SelectPoller(SystemClock.Instance))];

        public override EventLoop NewLoop(LoopOptions? options = null) => Asyncio.NewEventLoop(options);

        public override EventLoop NewLoop(VirtualProcesses standIns) => NewLoop();

        public override INetwork NewNetwork(EventLoop loop) => new SocketNetwork(loop);

        public override T Compose<T>(Func<IClock, IPoller, T> make) =>
            make(SystemClock.Instance, SystemPoller.Create(SystemClock.Instance));

        private static EventLoop On(IPoller poller) =>
            new(SystemClock.Instance, poller, new LoopOptions { Name = poller.GetType().Name });
    }

    private sealed class VirtualTime : LessonTime
    {
        public override string Name => "virtual";

        public override IReadOnlyList<Func<EventLoop>> LoopOnEachPoller =>
            [() => Compose(static (clock, poller) => new EventLoop(clock, poller, new LoopOptions { Name = poller.GetType().Name }))];

        public override EventLoop NewLoop(LoopOptions? options = null) => Asyncio.NewVirtualEventLoop(options);

        public override EventLoop NewLoop(VirtualProcesses standIns)
        {
            var loop = NewLoop();
            loop.SetProcessStarter(standIns);
            return loop;
        }

        public override INetwork NewNetwork(EventLoop loop) => new VirtualNetwork(loop);

        public override T Compose<T>(Func<IClock, IPoller, T> make)
        {
            var clock = new VirtualClock();
            return make(clock, new VirtualPoller(clock));
        }
    }
}
