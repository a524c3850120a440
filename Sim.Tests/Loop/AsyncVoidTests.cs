using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>
/// An async lambda where a plain callback belongs is async void by accident. asyncio: test_base_events.test_call_coroutine, in
/// debug mode only, as there: to look costs more than the call.
/// </summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class AsyncVoidTests(LoopKind kind) : LoopFixture(kind)
{
    protected override LoopOptions Configure(LoopOptions options) => options with { Debug = true, SlowCallback = TimeSpan.FromHours(1) };

    [Test]
    public void InDebugMode_AnAsyncCallback_IsRefused()
    {
        foreach (var schedule in (Action<Action>[])
        [
            callback => Loop.CallSoon(callback),
            callback => Loop.CallSoonThreadSafe(callback),
            callback => Loop.CallLater(Soon, callback),
            callback => Loop.CallAt(Loop.Time, callback),
        ])
        {
            Assert.That(
                () => schedule(async () => await Asyncio.YieldAsync()),
                Throws.ArgumentException.With.Message.Match(
                    "^.* is async void, and is scheduled as a callback outside of any loop: nobody could await it, cancel it or see it fail\\. Use CreateTask for it\\."));
        }

        Run(async () => await Asyncio.YieldAsync());
    }
}
