using System.Diagnostics;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using Sim.Core;
using Sim.Testing.NUnit;

namespace Sim.Tests;

public class BreakAtThrowTests
{
    [Test]
    public void WithADebugger_TheShrunkRunStopsOnceWhereTheTestThrows()
    {
        var debugger = new FakeDebugger();

        var result = Bench.Run<Racy>(nameof(Racy.FailsInSomeOrder), new SimTestAttribute { Runs = 100, DebuggerPort = debugger });

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Error));
        Assert.That(debugger.Stops, Has.Count.EqualTo(1));
        Assert.That(debugger.Stops[0], Does.Contain(nameof(Racy.FailsInSomeOrder)), "The frame that throws is on the stack.");
        Assert.That(Racy.Calls, Is.LessThan(200), "It is neither repeated nor explained.");
    }

    [Test]
    public void WithoutADebugger_NothingStops()
    {
        var debugger = new FakeDebugger { IsAttached = false };

        Bench.Run<Racy>(nameof(Racy.FailsInSomeOrder), new SimTestAttribute { Runs = 100, DebuggerPort = debugger });

        Assert.That(debugger.Stops, Is.Empty);
    }

    [Test]
    public void TestThatHolds_DoesNotStop()
    {
        var debugger = new FakeDebugger();

        var result = Bench.Run<Racy>(nameof(Racy.Holds), new SimTestAttribute { Runs = 100, DebuggerPort = debugger });

        Assert.That((result.ResultState, debugger.Stops.Count), Is.EqualTo((ResultState.Success, 0)));
    }

    private sealed class FakeDebugger : IDebuggerPort
    {
        public List<string> Stops { get; } = [];

        public bool IsAttached { get; init; } = true;

        public void Break() => Stops.Add(new StackTrace().ToString());
    }

    /// <summary>No fixture of the suite: its methods carry no attribute.</summary>
    private sealed class Racy
    {
        public static int Calls { get; private set; }

        public async Task FailsInSomeOrder()
        {
            Calls++;
            var order = new List<string>();
            await Asyncio.GatherAsync(
                Asyncio.CreateTask(() => ArriveAsync(order, "first"), "first"),
                Asyncio.CreateTask(() => ArriveAsync(order, "second"), "second"));
            try
            {
                throw new ArithmeticException("Another one, which is no matter.");
            }
            catch (ArithmeticException)
            {
                ThrowIfOther(order);
            }
        }

        public async Task Holds()
        {
            try
            {
                await Asyncio.YieldAsync();
                throw new InvalidOperationException("second is first");
            }
            catch (InvalidOperationException)
            {
                await Asyncio.YieldAsync();
            }
        }

        private static void ThrowIfOther(List<string> order)
        {
            if (order[0] != "first")
            {
                throw new InvalidOperationException($"{order[0]} is first");
            }
        }

        private static async Task ArriveAsync(List<string> order, string name)
        {
            await Asyncio.YieldAsync();
            order.Add(name);
        }
    }
}
