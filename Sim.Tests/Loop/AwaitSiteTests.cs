using System.Runtime.CompilerServices;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>The line of the await at which a method is suspended, in whatever part of it, in Debug and in Release.</summary>
public class AwaitSiteTests
{
    private int _line;

    [Test]
    public void Straight() => ExpectHere(async never =>
    {
        await Asyncio.YieldAsync();
        await Asyncio.YieldAsync();
        At();
        await never;
    });

    [Test]
    public void InALoop() => ExpectHere(async never =>
    {
        for (var i = 0; i < 3; i++)
        {
            await Asyncio.YieldAsync();
            if (i == 2)
            {
                At();
                await never;
            }
        }
    });

    [Test]
    public void InACatch_AndInAFinally() => ExpectHere(async never =>
    {
        try
        {
            await Asyncio.YieldAsync();
            throw new InvalidOperationException();
        }
        catch (InvalidOperationException)
        {
            await Asyncio.YieldAsync();
        }
        finally
        {
            await Asyncio.YieldAsync();
            At();
            await never;
        }
    });

    [Test]
    public void InOneStatementOfSeveralLines() => ExpectHere(async never =>
    {
        await Asyncio.YieldAsync();
        At();
        var both = (await Answer(),
            await never);
        Assert.That(both, Is.Null);

        static async Task<int> Answer()
        {
            await Asyncio.YieldAsync();
            return 1;
        }
    });

    [Test]
    public void InAValueTask_ThatAnotherAwaits() => ExpectHere(async never =>
    {
        await OuterAsync();

        async Task OuterAsync() => await InnerAsync();

        async ValueTask InnerAsync()
        {
            At();
            await never;
        }
    });

    [Test]
    public void InAnAsyncIterator() => ExpectHere(async never =>
    {
        await foreach (var number in NumbersAsync())
        {
            Assert.That(number, Is.Zero);
        }

        async IAsyncEnumerable<int> NumbersAsync()
        {
            yield return 0;
            await Asyncio.YieldAsync();
            At();
            await never;
        }
    });

    [Test]
    public void AMethodOfTheLibrary_GivesWayToItsCaller() => ExpectHere(async never =>
    {
        await Asyncio.YieldAsync();
        At();
        await Asyncio.WaitForAsync(never, timeout: null);
    });

    private void At([CallerLineNumber] int line = 0) => _line = line + 1;

    private void ExpectHere(Func<Future<ValueTuple>, Task> body)
    {
        var clock = new VirtualClock();
        using var loop = new EventLoop(clock, new VirtualPoller(clock));
        var error = Assert.Throws<StalledException>(() => loop.RunUntilComplete(() => body(new Future<ValueTuple>(loop))))!;
        Assert.That(error.Message, Does.Match($@"\n  \w+ waits on .* since \S+ in \w+ \(AwaitSiteTests\.cs:{_line}\)"));
    }
}
