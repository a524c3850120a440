using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;
using Sim.Core;
using Sim.Testing.NUnit;
using Sim.World;

namespace Sim.Tests;

/// <summary>A whole simulation with HttpClient and Kestrel in it: what the two give to the thread pool is part of the run.</summary>
public class WebSimulationTests
{
    [SimTest(Runs = 100)]
    public async Task AShop_NeverSellsMoreThanItHas_WhateverTheSchedule()
    {
        var stock = 3;
        await using var server = await WebServer.StartAsync(NewNetwork(), app => app.MapPost("/buy", async (HttpContext context) =>
        {
            var isThere = stock > 0;
            stock -= isThere ? 1 : 0;
            await Asyncio.YieldAsync();
            context.Response.StatusCode = isThere ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        }));
        var client = server.NewClient(Timeout.InfiniteTimeSpan);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => client.PostAsync("/buy", null)));
        Assert.That(answers.Count(static answer => answer.IsSuccessStatusCode), Is.EqualTo(3));
    }

    [Test]
    public void ARaceBetweenTwoRequests_IsFound()
    {
        var failures = Enumerable.Range(1, 40).Select(static seed => Run(SellTooManyAsync, seed).Failure?.Exception.Message);
        Assert.That(failures.Count(static message => message is "sold 2 of 1"), Is.GreaterThan(0));
        Assert.That(Run(SellTooManyAsync, 0).Failure, Is.Null);
    }

    [Test]
    public void ARun_IsTheSame_EveryTime([Range(0, 9)] int seed)
    {
        var runs = Enumerable.Range(0, 5).Select(_ => Run(EverydayAsync, seed)).ToList();
        Assert.That(runs.Select(static run => run.Failure), Is.All.Null);
        Assert.That(runs.Select(static run => run.Trace.ToString()).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void DifferentSeeds_AreDifferentRuns() =>
        Assert.That(Enumerable.Range(0, 5).Select(static seed => Run(EverydayAsync, seed).Trace.ToString()), Is.Unique);

    [Test]
    public void NothingIsLeftOnThePool_AfterARun()
    {
        Run(EverydayAsync, 1);
        var here = Environment.CurrentManagedThreadId;
        var there = 0;
        Task.Run(() => there = Environment.CurrentManagedThreadId).Wait();
        Assert.That(there, Is.Not.EqualTo(here));
    }

    // Requests in turn and at once, a large body, a timeout, an end in good order.
    private static async Task EverydayAsync()
    {
        await using var server = await WebServer.StartAsync(NewNetwork(), static app =>
        {
            WebTests.Sleepy(app);
            app.MapPost("/count", static async (HttpContext context) =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                return body.Length;
            });
        });
        var client = server.NewClient(TimeSpan.FromSeconds(2));
        using var counted = await client.PostAsync("/count", new ByteArrayContent(new byte[100_000]));
        Simulation.Current.Note(await counted.Content.ReadAsStringAsync());
        await Task.WhenAll(Enumerable.Range(1, 8).Select(async number =>
            Simulation.Current.Note(await client.GetStringAsync($"/sleep/{number % 3}"))));
        var timeout = await WebTests.FailureAsync<TaskCanceledException>(client.GetStringAsync("/sleep/3000"));
        Simulation.Current.Note(timeout.Message);
        var last = client.GetStringAsync("/sleep/1000");
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.25));
        await server.StopAsync();
        Simulation.Current.Note(await last);
    }

    private static async Task SellTooManyAsync()
    {
        var (stock, sold) = (1, 0);
        await using var server = await WebServer.StartAsync(NewNetwork(), app => app.MapPost("/buy", async () =>
        {
            if (stock > 0)
            {
                await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(10));
                stock--;
                sold++;
            }
        }));
        await server.NewClient().PostAsync("/buy", null);
        stock = 1;
        sold = 0;
        var (one, other) = (server.NewClient(), server.NewClient());
        await Task.WhenAll(one.PostAsync("/buy", null), LaterAsync());
        if (sold > 1)
        {
            throw new InvalidOperationException($"sold {sold} of 1");
        }

        // So much later that the first is usually through.
        async Task LaterAsync()
        {
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(15));
            await other.PostAsync("/buy", null);
        }
    }

    private static VirtualNetwork NewNetwork() => new(Simulation.Current.Loop);

    private static RunReport Run(Func<Task> body, int seed) => Simulation.Run(
        body, new SimulationOptions { Strategy = seed == 0 ? new FifoStrategy() : new RandomStrategy(seed) });
}
