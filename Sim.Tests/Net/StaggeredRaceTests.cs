using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>CPython's <c>test_staggered</c>, in own words, on virtual time; and what it leaves open: prizes that nobody wants.</summary>
public sealed class StaggeredRaceTests
{
    private static readonly TimeSpan _quarter = TimeSpan.FromMilliseconds(250);

    [Test]
    public void NoAttempts_NoWinner() => Virtual(async () =>
    {
        var result = await RunAsync([], null);
        Assert.That(result.Winner, Is.EqualTo(-1));
        Assert.That(result.Errors, Is.Empty);
    });

    [Test]
    public void OneThatSucceeds_Wins() => Virtual(async () =>
    {
        var result = await RunAsync([static () => Task.FromResult("only")], null);
        Assert.That((result.Winner, result.Prize), Is.EqualTo((0, "only")));
        Assert.That(result.Errors, Is.EqualTo(new Exception?[] { null }));
    });

    [Test]
    public void AFailure_LetsTheNextBeginAtOnce() => Virtual(async () =>
    {
        var start = Asyncio.GetRunningLoop().Time;
        var result = await RunAsync(
            [static () => throw new InvalidDataException("first"), static () => Task.FromResult("second")], _quarter);
        Assert.That((result.Winner, result.Prize), Is.EqualTo((1, "second")));
        Assert.That(result.Errors[0], Is.TypeOf<InvalidDataException>());
        Assert.That(result.Errors[1], Is.Null);
        Assert.That(Asyncio.GetRunningLoop().Time - start, Is.EqualTo(TimeSpan.Zero));
    });

    [Test]
    public void OneThatTakesLong_IsOvertaken_AndCancelled() => Virtual(async () =>
    {
        var start = Asyncio.GetRunningLoop().Time;
        var result = await RunAsync([static () => Later("first", 10), static () => Task.FromResult("second")], _quarter);
        Assert.That((result.Winner, result.Prize), Is.EqualTo((1, "second")));
        Assert.That(result.Errors[0], Is.InstanceOf<OperationCanceledException>());
        Assert.That(Asyncio.GetRunningLoop().Time - start, Is.EqualTo(_quarter));
    });

    /// <summary>The first was overtaken, but not in vain: the second one fails, and the first goes on.</summary>
    [Test]
    public void TheFirst_MayWinLate() => Virtual(async () =>
    {
        var result = await RunAsync([static () => Later("first", 1), static () => throw new InvalidDataException("second")], _quarter);
        Assert.That((result.Winner, result.Prize), Is.EqualTo((0, "first")));
        Assert.That(result.Errors[0], Is.Null);
        Assert.That(result.Errors[1], Is.TypeOf<InvalidDataException>());
    });

    [Test]
    public void WithoutADelay_TheNextWaitsForAFailure() => Virtual(async () =>
    {
        var begun = new List<int>();
        var result = await RunAsync(
            [async () =>
            {
                begun.Add(0);
                await Asyncio.SleepAsync(TimeSpan.FromHours(1));
                throw new InvalidDataException("first");
            },
            async () =>
            {
                begun.Add(1);
                return await Later("second", 1);
            },
            () =>
            {
                begun.Add(2);
                return Later("third", 1);
            }],
            null);
        Assert.That((result.Winner, result.Prize), Is.EqualTo((1, "second")));
        Assert.That(begun, Is.EqualTo((int[])[0, 1]));
        Assert.That(result.Errors, Has.Count.EqualTo(2));
    });

    [Test]
    public void NoneThatSucceeds_AllErrors() => Virtual(async () =>
    {
        var result = await RunAsync(
            [static () => throw new InvalidDataException("0"), static () => throw new IOException("1")], _quarter);
        Assert.That((result.Winner, result.Prize), Is.EqualTo((-1, (string?)null)));
        Assert.That(result.Errors.Select(static error => error!.Message), Is.EqualTo((string[])["0", "1"]));
    });

    /// <summary>Two succeed in the same iteration: the first wins, the other one is cancelled before it goes on.</summary>
    [Test]
    public void OfTwoThatSucceedAtOnce_TheFirstWins() => Virtual(async () =>
    {
        var isOpen = new AsyncEvent();
        var result = await RunAsync(
            [async () => await WaitAsync("0"), async () => await WaitAsync("1"), async () =>
            {
                isOpen.Set();
                await new AsyncEvent().WaitAsync();
                return "2";
            }],
            TimeSpan.FromMilliseconds(100));
        Assert.That((result.Winner, result.Prize), Is.EqualTo((0, "0")));
        Assert.That(result.Errors[0], Is.Null);
        Assert.That(result.Errors.Skip(1), Has.Exactly(2).InstanceOf<OperationCanceledException>());

        async Task<string> WaitAsync(string prize)
        {
            await isOpen.WaitAsync();
            return prize;
        }
    });

    /// <summary>One that was asked to stop and brings something home all the same: nobody has it, so it is given back.</summary>
    [Test]
    public void APrizeThatNobodyHas_IsGivenBack() => Virtual(async () =>
    {
        var discarded = new List<string>();
        var result = await StaggeredRace.RunAsync(
            [StubbornAsync, static () => Task.FromResult("second")], _quarter, discarded.Add);
        Assert.That(result.Prize, Is.EqualTo("second"));
        Assert.That(discarded, Is.EqualTo((string[])["stubborn"]));
    });

    /// <summary>Cancelled after it was won, while a loser takes its time to stop: that one is asked once more.</summary>
    [Test]
    public void ARaceThatIsCancelled_GivesItsPrizeBack() => Virtual(async () =>
    {
        var discarded = new List<string>();
        var racing = Asyncio.CreateTask(async () => await StaggeredRace.RunAsync(
            [StubbornAsync, static () => Task.FromResult("second")], _quarter, discarded.Add));
        await Asyncio.SleepAsync(_quarter + TimeSpan.FromMilliseconds(500));
        Assert.That(racing.IsDone, Is.False);
        racing.Cancel();
        await Asyncio.WaitAsync([racing]);
        Assert.That(racing.IsCancelled);
        Assert.That(discarded, Is.EqualTo((string[])["second"]));
    });

    /// <summary>Each request to stop is passed on, and the race ends with its attempts, not before.</summary>
    [Test]
    public void ACancelledRace_WaitsForItsAttempts() => Virtual(async () =>
    {
        var log = new List<string>();
        var racing = Asyncio.CreateTask(async () =>
        {
            try
            {
                await RunAsync([AttemptAsync], null);
            }
            catch (OperationCanceledException)
            {
                log.Add("cancelled 3");
                throw;
            }
        });
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
        racing.Cancel();
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
        racing.Cancel();
        await Asyncio.WaitAsync([racing]);
        Assert.That(racing.IsCancelled);
        Assert.That(log, Is.EqualTo((string[])["cancelled 1", "cancelled 2", "cancelled 3"]));

        async Task<string> AttemptAsync()
        {
            for (var round = 1; round <= 2; round++)
            {
                try
                {
                    await Asyncio.SleepAsync(TimeSpan.FromHours(1));
                }
                catch (OperationCanceledException)
                {
                    log.Add($"cancelled {round}");
                }
            }

            throw new InvalidDataException("It ends in a way of its own.");
        }
    });

    private static async Task<string> StubbornAsync()
    {
        try
        {
            await Later("never", 100);
        }
        catch (OperationCanceledException)
        {
            await Later("so what", 1);
        }

        return "stubborn";
    }

    private static async Task<string> Later(string prize, int seconds)
    {
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(seconds));
        return prize;
    }

    private static ValueTask<RaceResult<string>> RunAsync(IReadOnlyList<Func<Task<string>>> attempts, TimeSpan? delay) =>
        StaggeredRace.RunAsync(attempts, delay);

    private static void Virtual(Func<Task> body)
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        loop.RunUntilComplete(body);
    }
}
