using NUnit.Framework;
using Samples;
using Sim.Core;

namespace Sim.Tests;

/// <summary>The queue of turns with which the account is mended.</summary>
public class TurnsTests
{
    [Test]
    public void Turns_AreTakenInTheOrderOfAsking() => Asyncio.Run(
        async () =>
        {
            var turns = new Turns();
            var order = new List<string>();
            await Asyncio.GatherAsync(
                () => TakeAsync(turns, order, "a"), () => TakeAsync(turns, order, "b"), () => TakeAsync(turns, order, "c"));
            Assert.That(string.Join(", ", order), Is.EqualTo("a in, a out, b in, b out, c in, c out"));
        },
        static () => Asyncio.NewVirtualEventLoop());

    [Test]
    public void CancelledWaiter_IsPassedOver() => Asyncio.Run(
        async () =>
        {
            var turns = new Turns();
            var order = new List<string>();
            await turns.TakeAsync();
            var gone = Asyncio.CreateTask(() => TakeAsync(turns, order, "gone"));
            var next = Asyncio.CreateTask(() => TakeAsync(turns, order, "next"));
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
            gone.Cancel();
            turns.Pass();
            await next;
            Assert.That(string.Join(", ", order), Is.EqualTo("next in, next out"));
        },
        static () => Asyncio.NewVirtualEventLoop());

    [Test]
    public void TurnThatComesTogetherWithARequestToStop_IsNotLost() => Asyncio.Run(
        async () =>
        {
            var turns = new Turns();
            var order = new List<string>();
            await turns.TakeAsync();
            var gone = Asyncio.CreateTask(() => TakeAsync(turns, order, "gone"));
            var next = Asyncio.CreateTask(() => TakeAsync(turns, order, "next"));
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
            turns.Pass();
            gone.Cancel();
            await next;
            Assert.That(gone.State, Is.EqualTo(FutureState.Cancelled));
            Assert.That(string.Join(", ", order), Is.EqualTo("next in, next out"));
        },
        static () => Asyncio.NewVirtualEventLoop());

    private static async Task TakeAsync(Turns turns, List<string> order, string name)
    {
        await turns.TakeAsync();
        try
        {
            order.Add($"{name} in");
            await Asyncio.YieldAsync();
            order.Add($"{name} out");
        }
        finally
        {
            turns.Pass();
        }
    }
}
