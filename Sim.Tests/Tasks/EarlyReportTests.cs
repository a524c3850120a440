using System.Runtime.CompilerServices;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>
/// Rule 43 on a loop that runs for long: what nobody has seen is told as soon as the future is garbage. asyncio:
/// test_futures.test_tb_logger_exception_unretrieved.
/// </summary>
public class EarlyReportTests
{
    [Test]
    public void AFailureThatNobodyCanSeeAnyMore_IsReportedWhileTheLoopRuns()
    {
        var errors = new List<LoopError>();
        Asyncio.Run(
            async () =>
            {
                _ = Fail("lost");
                _ = Fail("seen");
                for (var i = 0; i < 1_000 && errors.Count == 0; i++)
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1));
                }

                Assert.That(errors.Select(static error => error.Exception.Message), Is.EqualTo((string[])["lost"]), "before the loop closes");
            },
            () => Recording(Asyncio.NewEventLoop(), errors));
        Assert.That(errors, Has.Count.EqualTo(1), "and not again");
    }

    [Test]
    public void AFailureThatIsStillHeld_IsReportedWhenTheLoopCloses()
    {
        var errors = new List<LoopError>();
        var loop = Recording(Asyncio.NewEventLoop(), errors);
        var held = loop.CreateFuture<int>();
        held.SetException(new FormatException("held"));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        loop.RunUntilComplete(() => Task.CompletedTask);
        Assert.That(errors, Is.Empty);
        loop.Close();
        Assert.That(errors, Has.Count.EqualTo(1));
        GC.KeepAlive(held);
    }

    [Test]
    public void ACloseBeforeTheCollectorHasFinished_TellsTheHandler_Once()
    {
        for (var i = 0; i < 20; i++)
        {
            var errors = new List<LoopError>();
            var loop = Recording(Asyncio.NewEventLoop(), errors);
            loop.RunUntilComplete(() =>
            {
                _ = Fail("lost");
                return Task.CompletedTask;
            });
            GC.Collect();
            loop.Close();
            GC.WaitForPendingFinalizers();
            Assert.That(errors, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void AFailureThatTheHandlerMakes_IsReportedToo()
    {
        var errors = new List<LoopError>();
        var loop = Asyncio.NewEventLoop();
        loop.CreateFuture<int>().SetException(new FormatException("first"));
        loop.ExceptionHandler = error =>
        {
            errors.Add(error);
            if (errors.Count == 1)
            {
                loop.CreateFuture<int>().SetException(new FormatException("second"));
            }
        };
        loop.Close();
        Assert.That(errors.Select(static error => error.Exception.Message), Is.EqualTo((string[])["first", "second"]));
    }

    private static EventLoop Recording(EventLoop loop, List<LoopError> errors)
    {
        loop.ExceptionHandler = errors.Add;
        return loop;
    }

    // Not inlined: nothing of the future may stay behind on the caller's stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Future<int> Fail(string message)
    {
        var future = Asyncio.GetRunningLoop().CreateFuture<int>();
        future.SetException(new FormatException(message));
        if (message == "seen")
        {
            _ = future.Exception;
        }

        return future;
    }
}
