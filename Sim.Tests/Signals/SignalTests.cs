using System.Runtime.InteropServices;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>
/// Signals as callbacks (rule 26), raised on virtual time, and on real time by a source that tests hold in their hands: the
/// ticks are the same. What the system itself sends is in <see cref="SystemSignalTests"/>.
/// </summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class SignalTests(LoopKind kind) : LoopFixture(kind)
{
    [SetUp]
    public void TakeSignalsByHand() => Loop.SetSignalSource(new VirtualSignals());

    /// <summary>Rule 26: taken in the next iteration, handled in the one after it, as any callback.</summary>
    [Test]
    public void ASignal_IsTakenInOneIteration_AndHandledInTheNext()
    {
        Loop.AddSignalHandler(PosixSignal.SIGTERM, () => Log.Add($"handled@{Loop.Iteration}"));
        Iterate(3);
        Loop.CallSoon(() =>
        {
            Log.Add($"raised@{Loop.Iteration}");
            Loop.RaiseSignal(PosixSignal.SIGTERM);
        });
        Iterate(3);
        Assert.That(Log, Is.EqualTo((string[])["raised@4", "handled@6"]));
    }

    /// <summary>Rules 22 and 26: from another thread the same, counted from the iteration that takes it.</summary>
    [Test]
    public void ASignalFromAnotherThread_IsTakenInOneIteration_AndHandledInTheNext()
    {
        Loop.AddSignalHandler(PosixSignal.SIGTERM, () => Log.Add($"handled@{Loop.Iteration}"));
        Assert.That(OnOtherThread(() => Loop.RaiseSignal(PosixSignal.SIGTERM)), Is.Null);
        Iterate(3);
        Assert.That(Log, Is.EqualTo((string[])["handled@2"]));
    }

    /// <summary>asyncio: test_events.test_signal_handling_args, what is to be said is in the closure here; each one is told.</summary>
    [Test]
    public void EveryOneOfSeveralSignals_IsHandled_InTheirOrder()
    {
        Loop.AddSignalHandler(PosixSignal.SIGTERM, () => Log.Add("term"));
        Loop.AddSignalHandler(PosixSignal.SIGHUP, () => Log.Add("hup"));
        Loop.RaiseSignal(PosixSignal.SIGTERM);
        Loop.RaiseSignal(PosixSignal.SIGHUP);
        Loop.RaiseSignal(PosixSignal.SIGTERM);
        Iterate(2);
        Assert.That(Log, Is.EqualTo((string[])["term", "hup", "term"]));
    }

    /// <summary>Rule 26: the handler has the context of its registration, not that of who raises.</summary>
    [Test]
    public void AHandler_RunsInTheContextOfItsRegistration()
    {
        var local = new AsyncLocal<string> { Value = "registered" };
        Loop.AddSignalHandler(PosixSignal.SIGTERM, () =>
        {
            Log.Add($"{local.Value}, {((LoopContext)SynchronizationContext.Current!).Name}");
            local.Value = "changed";
        });
        local.Value = "raised";
        Loop.RaiseSignal(PosixSignal.SIGTERM);
        Loop.RaiseSignal(PosixSignal.SIGTERM);
        Iterate(2);
        Assert.That(Log, Is.EqualTo((string[])["registered, callback", "registered, callback"]));
    }

    /// <summary>asyncio: test_unix_events.test_add_signal_handler, on adding a second one.</summary>
    [Test]
    public void AnotherHandler_ReplacesTheFirst()
    {
        Loop.AddSignalHandler(PosixSignal.SIGTERM, () => Log.Add("first"));
        Loop.AddSignalHandler(PosixSignal.SIGTERM, () => Log.Add("second"));
        Loop.RaiseSignal(PosixSignal.SIGTERM);
        Iterate(2);
        Assert.That(Log, Is.EqualTo((string[])["second"]));
        Assert.That(Loop.RemoveSignalHandler(PosixSignal.SIGTERM), Is.True);
        Assert.That(Loop.RemoveSignalHandler(PosixSignal.SIGTERM), Is.False);
    }

    /// <summary>asyncio: test_unix_events.test_remove_signal_handler_2: the others stay.</summary>
    [Test]
    public void Removing_SaysWhetherThereWasOne_AndLeavesTheOthers()
    {
        Loop.AddSignalHandler(PosixSignal.SIGINT, () => Log.Add("int"));
        Loop.AddSignalHandler(PosixSignal.SIGHUP, () => Log.Add("hup"));
        Assert.That(Loop.RemoveSignalHandler(PosixSignal.SIGQUIT), Is.False);
        Assert.That(Loop.RemoveSignalHandler(PosixSignal.SIGINT), Is.True);
        Loop.RaiseSignal(PosixSignal.SIGHUP);
        Assert.Throws<InvalidOperationException>(() => Loop.RaiseSignal(PosixSignal.SIGINT));
        Iterate(2);
        Assert.That(Log, Is.EqualTo((string[])["hup"]));
    }

    /// <summary>A signal that was not taken yet finds nobody; one that was taken is handled, as in asyncio.</summary>
    [Test]
    public void Removing_DropsWhatWasNotTakenYet_AndNotWhatWas()
    {
        Loop.AddSignalHandler(PosixSignal.SIGTERM, () => Log.Add("handled"));
        Loop.RaiseSignal(PosixSignal.SIGTERM);
        Loop.RemoveSignalHandler(PosixSignal.SIGTERM);
        Iterate(2);
        Assert.That(Log, Is.Empty);

        Loop.AddSignalHandler(PosixSignal.SIGTERM, () => Log.Add("handled"));
        Loop.RaiseSignal(PosixSignal.SIGTERM);
        Iterate(1);
        Loop.RemoveSignalHandler(PosixSignal.SIGTERM);
        Iterate(1);
        Assert.That(Log, Is.EqualTo((string[])["handled"]));
    }

    /// <summary>asyncio: test_unix_events.test_handle_signal_cancelled_handler: it unregisters; and it does not run any more.</summary>
    [Test]
    public void DisposingAHandler_Unregisters_AndDropsWhatIsReady()
    {
        var handler = Loop.AddSignalHandler(PosixSignal.SIGTERM, () => Log.Add("handled"));
        Loop.RaiseSignal(PosixSignal.SIGTERM);
        Iterate(1);
        handler.Dispose();
        handler.Dispose();
        Iterate(2);
        Assert.That((Log.Count, handler.IsCancelled), Is.EqualTo((0, true)));
        Assert.That(Loop.RemoveSignalHandler(PosixSignal.SIGTERM), Is.False);
    }

    /// <summary>Who was replaced takes nobody else's place away.</summary>
    [Test]
    public void DisposingAHandlerThatWasReplaced_LeavesTheNewOne()
    {
        var old = Loop.AddSignalHandler(PosixSignal.SIGTERM, () => Log.Add("first"));
        Loop.AddSignalHandler(PosixSignal.SIGTERM, () => Log.Add("second"));
        old.Dispose();
        Loop.RaiseSignal(PosixSignal.SIGTERM);
        Iterate(2);
        Assert.That(Log, Is.EqualTo((string[])["second"]));
    }

    /// <summary>Rule 19: closing removes the handlers; what comes meanwhile hurts nobody.</summary>
    [Test]
    public void Closing_RemovesTheHandlers()
    {
        var source = new VirtualSignals();
        var loop = NewLoop(new LoopOptions());
        loop.SetSignalSource(source);
        loop.AddSignalHandler(PosixSignal.SIGTERM, () => Log.Add("handled"));
        source.Raise(PosixSignal.SIGTERM);
        loop.Close();
        Assert.Throws<InvalidOperationException>(() => source.Raise(PosixSignal.SIGTERM));
        Assert.Throws<LoopClosedException>(() => loop.AddSignalHandler(PosixSignal.SIGTERM, () => { }));
        Assert.That(Log, Is.Empty);
    }

    /// <summary>A handler that fails is reported, and the next signal finds it again.</summary>
    [Test]
    public void AHandlerThatFails_IsReported_AndStays()
    {
        Loop.AddSignalHandler(PosixSignal.SIGTERM, () =>
        {
            Log.Add("handled");
            throw new FormatException("mine");
        });
        for (var i = 1; i <= 2; i++)
        {
            Loop.RaiseSignal(PosixSignal.SIGTERM);
            Iterate(2);
            Assert.That((TakeError().Exception.Message, Log.Count), Is.EqualTo(("mine", i)));
        }
    }

    /// <summary>A number of the platform and .NET's name are one signal.</summary>
    [Test]
    public void ANumberAndAName_AreTheSameSignal()
    {
        Loop.AddSignalHandler((PosixSignal)15, () => Log.Add("term"));
        Loop.AddSignalHandler((PosixSignal)10, () => Log.Add("usr1"));
        Loop.RaiseSignal(PosixSignal.SIGTERM);
        Loop.RaiseSignal((PosixSignal)10);
        Iterate(2);
        Assert.That(Log, Is.EqualTo((string[])["term", "usr1"]));
        Assert.That(Loop.RemoveSignalHandler(PosixSignal.SIGTERM), Is.True);
    }

    /// <summary>A task may be stopped by it: the handler cancels, the task tidies up.</summary>
    [Test]
    public void ATask_IsStoppedByASignal() => Run(async () =>
    {
        var server = Loop.CreateTask(async () =>
        {
            try
            {
                await Asyncio.SleepAsync(TimeSpan.FromHours(1));
            }
            finally
            {
                Log.Add("tidied up");
            }
        });
        using var handler = Loop.AddSignalHandler(PosixSignal.SIGTERM, () => server.Cancel());
        Loop.CallLater(Soon, () => Loop.RaiseSignal(PosixSignal.SIGTERM));
        await Asyncio.WaitAsync([server]);
        Assert.That((server.IsCancelled, Log[0]), Is.EqualTo((true, "tidied up")));
    });

    /// <summary>What one would otherwise find out by the process being gone.</summary>
    [Test]
    public void ASignalThatNobodyHandles_IsAnError()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Loop.RaiseSignal(PosixSignal.SIGTERM))!;
        Assert.That(error.Message, Is.EqualTo(
            "SIGTERM was raised outside of any loop, and nobody handles it: on a real machine it would end or stop the process. "
            + "Handle it with AddSignalHandler before it comes."));
        Loop.RaiseSignal((PosixSignal)28);
    }

    /// <summary>asyncio: test_unix_events.test_add_signal_handler_install_error: there is no handler then.</summary>
    [TestCase(9)]
    [TestCase(19)]
    [TestCase(65)]
    [TestCase(0)]
    public void ASignalThatNoProgramMayHandle_IsRefused(int number)
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Loop.AddSignalHandler((PosixSignal)number, () => { }));
            Loop.SetSignalSource(SystemSignals.Instance);
            Assert.Throws<ArgumentOutOfRangeException>(() => Loop.AddSignalHandler((PosixSignal)number, () => { }));
            Assert.That(Loop.RemoveSignalHandler((PosixSignal)number), Is.False);
        }
    }

    /// <summary>The old handler stays when the new one is refused.</summary>
    [Test]
    public void AHandlerThatCannotBeAdded_LeavesTheOldOne()
    {
        var source = new RefusingSignals();
        Loop.SetSignalSource(source);
        Loop.AddSignalHandler(PosixSignal.SIGTERM, () => Log.Add("first"));
        source.Refuses = true;
        Assert.Throws<PlatformNotSupportedException>(() => Loop.AddSignalHandler(PosixSignal.SIGTERM, () => Log.Add("second")));
        Loop.RaiseSignal(PosixSignal.SIGTERM);
        Iterate(2);
        Assert.That(Log, Is.EqualTo((string[])["first"]));
    }

    /// <summary>Loop thread only.</summary>
    [Test]
    public void FromAnotherThread_AHandlerIsRefused() => Run(async () =>
    {
        await Asyncio.YieldAsync();
        Assert.That(OnOtherThread(() => Loop.AddSignalHandler(PosixSignal.SIGTERM, () => { })), Is.TypeOf<ForeignThreadException>());
        Assert.That(OnOtherThread(() => Loop.RemoveSignalHandler(PosixSignal.SIGTERM)), Is.TypeOf<ForeignThreadException>());
    });

    private sealed class RefusingSignals : ISignalSource
    {
        private readonly VirtualSignals _signals = new();

        public bool Refuses { get; set; }

        public IDisposable Subscribe(PosixSignal signal, Func<bool> onSignal) =>
            Refuses ? throw new PlatformNotSupportedException("not here") : _signals.Subscribe(signal, onSignal);

        public void Raise(PosixSignal signal) => _signals.Raise(signal);
    }
}
