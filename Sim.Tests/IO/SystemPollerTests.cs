using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

[NonParallelizable]
public sealed class SystemPollerTests
{
    private string? _before;

    [SetUp]
    public void RememberVariable() => _before = Environment.GetEnvironmentVariable(SystemPoller.Variable);

    [TearDown]
    public void RestoreVariable() => Environment.SetEnvironmentVariable(SystemPoller.Variable, _before);

    [TestCase(null)]
    [TestCase("")]
    public void Unset_ChoosesWhatThePlatformHas(string? name) =>
        Assert.That(Chosen(name), Is.EqualTo(EpollPoller.IsSupported ? typeof(EpollPoller)
            : KqueuePoller.IsSupported ? typeof(KqueuePoller)
            : typeof(CompletionPoller)));

    [TestCase("completions", typeof(CompletionPoller))]
    [TestCase("select", typeof(SelectPoller))]
    public void WhatWorksEverywhere_CanBeAskedFor(string name, Type poller) => Assert.That(Chosen(name), Is.EqualTo(poller));

    [Test]
    public void Epoll_CanBeAskedFor_AndIsRefusedElsewhere()
    {
        if (EpollPoller.IsSupported) Assert.That(Chosen("epoll"), Is.EqualTo(typeof(EpollPoller)));
        else Assert.Throws<PlatformNotSupportedException>(() => Chosen("epoll"));
    }

    [Test]
    public void Kqueue_CanBeAskedFor_AndIsRefusedElsewhere()
    {
        if (KqueuePoller.IsSupported) Assert.That(Chosen("kqueue"), Is.EqualTo(typeof(KqueuePoller)));
        else Assert.Throws<PlatformNotSupportedException>(() => Chosen("kqueue"));
    }

    [TestCase("iocp")]
    [TestCase("EPOLL")]
    public void AnUnknownName_IsRefused_NamingTheKnownOnes(string name)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Chosen(name));
        Assert.That(
            refusal!.Message,
            Does.Contain("SIM_POLLER").And.Contain($"\"{name}\"").And.Contain("\"epoll\"").And.Contain("\"completions\"")
                .And.Contain("\"select\""));
    }

    private static Type Chosen(string? name)
    {
        Environment.SetEnvironmentVariable(SystemPoller.Variable, name);
        using var poller = SystemPoller.Create(SystemClock.Instance);
        return poller.GetType();
    }
}
