using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.Hosting;

namespace Sim.Tests;

/// <summary>The generic host of .NET with a loop on real time.</summary>
public sealed class EventLoopHostTests : IDisposable
{
    private readonly ConcurrentQueue<string> _told = new();
    private readonly RecordingLoggerProvider _log = new();

    [SetUp]
    public void Forget()
    {
        _told.Clear();
        _log.Lines.Clear();
    }

    public void Dispose() => _log.Dispose();

    [Test]
    public async Task TheLoop_RunsLongerThanEveryHostedService()
    {
        using var host = Build(services => services.AddHostedService<RealServices.Early>().AddEventLoop(options => options.Name = "web"));
        var loop = host.Services.GetRequiredService<EventLoop>();

        await host.StartAsync();
        Assert.That(loop.IsRunning, Is.True);
        await host.StopAsync();

        Assert.That(loop.IsClosed, Is.True);
        Assert.That(_told, Is.EqualTo(new[] { "start on web", "stop on web" }));
    }

    [Test]
    public async Task AServiceOnTheLoop_WorksAndEndsOnItsThread()
    {
        using var host = Build(services => services.AddEventLoop().AddHostedService<RealServices.OnLoop>());

        await host.StartAsync();
        await UntilToldAsync(1);
        await host.StopAsync();

        Assert.That(_told, Is.EqualTo(new[] { "works on loop as OnLoop", "ends on loop" }));
    }

    [Test]
    public async Task CodeOfThePool_StaysOnThePool_ThoughItWaitsOnTheTimeProvider()
    {
        using var host = Build(services => services.AddEventLoop().AddHostedService<RealServices.OnPool>());

        await host.StartAsync();
        await UntilToldAsync(1);
        await host.StopAsync();

        Assert.That(_told, Is.EqualTo(new[] { "works on pool" }));
    }

    [Test]
    public async Task TasksThatAreLeft_AreAskedToStop()
    {
        using var host = Build(services => services.AddEventLoop());
        await host.StartAsync();
        var left = host.Services.GetRequiredService<EventLoop>().RunCoroutineThreadSafe(() => Asyncio.SleepAsync(TimeSpan.FromHours(1)));

        await host.StopAsync();

        Assert.That(async () => await left, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task ErrorsThatNobodyAwaits_GoToTheLog()
    {
        using var host = Build(services => services.AddEventLoop());
        await host.StartAsync();
        var loop = host.Services.GetRequiredService<EventLoop>();

        loop.CallSoonThreadSafe(static () => throw new InvalidOperationException("out of paper"));
        await loop.RunCoroutineThreadSafe(static async () => await Asyncio.YieldAsync());
        await host.StopAsync();

        Assert.That(
            _log.Lines.Single(line => line.StartsWith("Error", StringComparison.Ordinal)),
            Does.StartWith("Error Sim.Core.EventLoop 1: Exception in a callback in ErrorsThatNobodyAwaits_GoToTheLog at ")
                .And.EndsWith("s of the loop's time | out of paper"));
    }

    [Test]
    public async Task AServiceOnTheLoopThatFails_StopsTheHost_AsAnyBackgroundService()
    {
        using var host = Build(services => services.AddEventLoop().AddHostedService<RealServices.Failing>());

        await host.StartAsync();
        await StoppingAsync(host);
        try
        {
            await host.StopAsync();
        }
        catch (InvalidOperationException)
        {
            // Some versions of the host tell it once more.
        }

        Assert.That(_log.Lines, Has.Some.Match(@"^Error Microsoft\.Extensions\.Hosting.* \| out of paper$"));
    }

    [Test]
    public async Task CodeThatStopsTheLoop_StopsTheHost()
    {
        using var host = Build(services => services.AddEventLoop());
        await host.StartAsync();
        var loop = host.Services.GetRequiredService<EventLoop>();

        loop.CallSoonThreadSafe(loop.Stop);
        await StoppingAsync(host);
        await host.StopAsync();

        Assert.That(_log.Lines, Has.Some.StartsWith("Critical Sim.Core.EventLoop 4: The event loop loop was stopped by code"));
    }

    [Test]
    public async Task ALoopThatFails_StopsTheHost()
    {
        using var host = Build(services => services.AddEventLoop(
            options => options.Factory = given => Asyncio.NewEventLoop(given with { IsFatal = _ => true })));
        await host.StartAsync();

        host.Services.GetRequiredService<EventLoop>().CallSoonThreadSafe(static () => throw new InvalidOperationException("out of paper"));
        await StoppingAsync(host);
        await host.StopAsync();

        Assert.That(_log.Lines, Has.Some.EqualTo(
            "Critical Sim.Core.EventLoop 3: The event loop loop has failed: nothing runs on it any more, "
            + "and the host is asked to stop | out of paper"));
    }

    [Test]
    public async Task AHostThatIsOnlyDisposed_HasClosedItsLoop()
    {
        var host = Build(services => services.AddEventLoop());
        await host.StartAsync();
        var loop = host.Services.GetRequiredService<EventLoop>();

        host.Dispose();

        Assert.That(loop.IsClosed, Is.True);
    }

    [Test]
    public void WrongOptions_AreRefusedAtTheStart_AllAtOnce()
    {
        using var host = Build(services => services.AddEventLoop(
            options => (options.Name, options.SlowCallback, options.Factory) = (" ", TimeSpan.Zero, null!)));

        Assert.That(async () => await host.StartAsync(), Throws.InstanceOf<OptionsValidationException>().With.Message.EqualTo(
            "EventLoopOptions.Name is empty: the loop needs a name for messages and metrics.; "
            + "EventLoopOptions.SlowCallback is 0.000s: it must be longer than nothing.; "
            + "EventLoopOptions.Factory is null: leave it as it is for a loop on real time."));
    }

    [Test]
    public void WhatIsThere_IsKept_AndASecondCallAddsOptionsOnly()
    {
        var random = new Random(1);
        using var host = Build(services => services.AddSingleton(random)
            .AddEventLoop(options => options.Name = "web")
            .AddEventLoop(options => options.Debug = true));

        var loop = host.Services.GetRequiredService<EventLoop>();
        Assert.That((loop.Options.Name, loop.Options.Debug), Is.EqualTo(("web", true)));
        Assert.That(host.Services.GetServices<EventLoop>().Count(), Is.EqualTo(1));
        Assert.That(host.Services.GetRequiredService<Random>(), Is.SameAs(random));
        Assert.That(host.Services.GetRequiredService<IClock>(), Is.SameAs(SystemClock.Instance));
    }

    private IHost Build(Action<IServiceCollection> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Services.AddSingleton(_told);
        add(builder.Services);
        return builder.Build();
    }

    private static Task StoppingAsync(IHost host)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(asked.SetResult);
        return asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private async Task UntilToldAsync(int lines)
    {
        for (var tries = 0; _told.Count < lines && tries < 3000; tries++)
        {
            await Task.Delay(10);
        }
    }
}
