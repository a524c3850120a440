using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Loops on real time, by the name of their poller; what they say of errors fails the test.</summary>
internal static class RealLoops
{
    public const string Epoll = "epoll", Select = "select";

    /// <summary>Runs a coroutine to its end, with a limit on the time that it takes.</summary>
    public static void Run(string poller, Func<EventLoop, Task> body, Action<string>? log = null)
    {
        var errors = new List<LoopError>();
        Asyncio.Run(
            () => Asyncio.TimeoutAsync(TimeSpan.FromSeconds(60), _ => body(Asyncio.GetRunningLoop())),
            () => new EventLoop(
                SystemClock.Instance,
                poller == Epoll ? new EpollPoller(SystemClock.Instance) : new SelectPoller(SystemClock.Instance),
                new LoopOptions { Log = log ?? (line => errors.Add(new LoopError(line, new FormatException(line), default, "log"))) })
            {
                ExceptionHandler = errors.Add,
            });
        NUnit.Framework.Assert.That(errors, NUnit.Framework.Is.Empty, "errors that reached the exception handler");
    }
}
