using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Task groups whose task is asked to stop, groups in groups, and groups that are cancelled: rule 80.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class TaskGroupCancellationTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>asyncio: test_taskgroups.test_taskgroup_06, 07; rule 80: without failures the group passes the cancellation on, after its tasks.</summary>
    [Test]
    public void ACancelledParent_CancelsTheChildren_AndEndsCancelled([Values] bool inTheBody) => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () => await TaskGroup.RunAsync(async group =>
        {
            _ = group.CreateTask(() => LogCancellationAsync("child"));
            await (inTheBody ? SleepLongAsync() : Task.CompletedTask);
        }));
        await SettleAsync();
        task.Cancel();
        Assert.That(await Caught.IsCancelledAsync(async () => await task), Is.True);
        Assert.That((task.IsCancelled, task.CancelRequests), Is.EqualTo((true, 1)));
        Assert.That(Log, Is.EqualTo((string[])["child"]));
    });

    /// <summary>asyncio: test_taskgroups.test_taskgroup_08; rule 80: failures on the way out come first, as a group.</summary>
    [Test]
    public void FailuresWhileTheParentIsCancelled_AreTheOutcome() => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () => await TaskGroup.RunAsync(async group =>
        {
            for (var i = 0; i < 5; i++)
            {
                var name = $"{i}";
                _ = group.CreateTask(() => FailWhenCancelledAsync(name));
            }

            await SleepLongAsync();
        }));
        await SettleAsync();
        task.Cancel();
        var error = await Caught.ByAsync<TaskGroupException>(async () => await task);
        Assert.That(Texts(error), Is.EqualTo((string[])["0", "1", "2", "3", "4"]));
    });

    /// <summary>asyncio: test_taskgroups.test_taskgroup_12, test_taskgroup_13, test_taskgroup_14: the failure of the inner group is one failure of the outer one.</summary>
    [TestCase("cancelled", "(0, 1)")]
    [TestCase("outer fails", "outer")]
    [TestCase("inner fails", "(inner)")]
    public void NestedGroups_FailAtTheirLevel(string how, string failures) => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () => await TaskGroup.RunAsync(async outer =>
        {
            _ = outer.CreateTask(() => how == "outer fails" ? FailAsync("outer") : SleepLongAsync());
            await TaskGroup.RunAsync(async inner =>
            {
                switch (how)
                {
                    case "cancelled":
                        _ = inner.CreateTask(() => FailWhenCancelledAsync("0"));
                        _ = inner.CreateTask(() => FailWhenCancelledAsync("1"));
                        await SleepLongAsync();
                        break;
                    case "outer fails":
                        _ = inner.CreateTask(SleepLongAsync);
                        break;
                    default:
                        _ = inner.CreateTask(() => FailAsync("inner"));
                        break;
                }
            });
        }));
        if (how == "cancelled")
        {
            await SettleAsync();
            task.Cancel();
        }

        var error = await Caught.ByAsync<TaskGroupException>(async () => await task);
        var texts = error.InnerExceptions.Select(inner => inner is TaskGroupException group ? $"({string.Join(", ", Texts(group))})" : inner.Message);
        Assert.That(string.Join(", ", texts), Is.EqualTo(failures));
    });

    /// <summary>
    /// asyncio: test_taskgroups.test_taskgroup_15, test_taskgroup_16: a task fails while the body, being cancelled, takes its time; also
    /// when the one that is cancelled awaits the group's task.
    /// </summary>
    [Test]
    public void AFailureDuringASlowCleanup_IsTheOutcome([Values] bool throughATask) => Run(async () =>
    {
        var task = Asyncio.CreateTask(throughATask ? async () => await Asyncio.CreateTask(RunnerAsync) : RunnerAsync);
        await SettleAsync();
        task.Cancel();
        var error = await Caught.ByAsync<TaskGroupException>(async () => await task);
        Assert.That(Texts(error), Is.EqualTo((string[])["crash"]));

        static async Task RunnerAsync() => await TaskGroup.RunAsync(async group =>
        {
            _ = group.CreateTask(async () =>
            {
                await Asyncio.SleepAsync(Milliseconds(10));
                throw new FormatException("crash");
            });
            try
            {
                await SleepLongAsync();
            }
            catch (OperationCanceledException)
            {
                await Asyncio.SleepAsync(Milliseconds(40));
                throw;
            }
        });
    });

    /// <summary>asyncio: test_taskgroups.test_taskgroup_18: the body turns the cancellation into a failure.</summary>
    [Test]
    public void ABodyThatFailsWhenCancelled_Fails() => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () => await TaskGroup.RunAsync(_ => FailWhenCancelledAsync("mine")));
        await SettleAsync();
        task.Cancel();
        var error = await Caught.ByAsync<TaskGroupException>(async () => await task);
        Assert.That(Texts(error), Is.EqualTo((string[])["mine"]));
        Assert.That((task.State, task.CancelRequests), Is.EqualTo((FutureState.Failed, 1)));
    });

    /// <summary>asyncio: test_taskgroups.test_cancelling_level_preserved, test_cancellation_does_not_leak_out_of_tg.</summary>
    [Test]
    public void TheGroupsOwnRequest_DoesNotLeakOut() => Run(async () =>
    {
        await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(group =>
        {
            _ = group.CreateTask(() => FailAsync("child"));
            return Task.CompletedTask;
        }));
        Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero);
        await Asyncio.YieldAsync();
    });

    /// <summary>asyncio: test_taskgroups.test_nested_groups_both_cancelled: each group takes back its own request only.</summary>
    [Test]
    public void NestedGroupsThatBothFail_EachTakeTheirOwnRequestBack() => Run(async () =>
    {
        var self = Asyncio.CurrentTask()!;
        var error = await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(async outer =>
        {
            var failure = await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(inner =>
            {
                _ = inner.CreateTask(() => FailAsync("inner"));
                _ = outer.CreateTask(() => FailAsync("outer"));
                return Task.CompletedTask;
            }));
            Log.AddRange(Texts(failure));
            Assert.That(self.CancelRequests, Is.EqualTo(1));
        }));
        Assert.That(Texts(error), Is.EqualTo((string[])["outer"]));
        Assert.That(Log, Is.EqualTo((string[])["inner"]));
        Assert.That(self.CancelRequests, Is.Zero);
    });

    /// <summary>asyncio: test_taskgroups.test_error_and_cancel; rule 80: another's request is not lost behind the failures: it comes again at the next wait.</summary>
    [Test]
    public void AnothersRequest_ComesAgainAfterTheFailures() => Run(async () =>
    {
        var started = Loop.CreateFuture<int>();
        var task = Asyncio.CreateTask(async () =>
        {
            await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(async group =>
            {
                _ = group.CreateTask(async () =>
                {
                    started.SetResult(0);
                    await Asyncio.YieldAsync();
                    throw new FormatException();
                });
                await SleepLongAsync();
            }));
            Log.Add($"{Asyncio.CurrentTask()!.CancelRequests}");
            await SleepLongAsync();
            Log.Add("unreachable");
        });
        await started;
        task.Cancel();
        Assert.That(await Caught.IsCancelledAsync(async () => await task), Is.True);
        Assert.That(task.CancelRequests, Is.EqualTo(1));
        Assert.That(Log, Is.EqualTo((string[])["1"]));
    });

    /// <summary>Rule 80: the same for an old request that was swallowed before the group: the count is more than the group's own.</summary>
    [Test]
    public void AnOldSwallowedRequest_ComesAgainAfterTheFailures() => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () =>
        {
            Asyncio.CurrentTask()!.Cancel();
            Assert.That(await Caught.IsCancelledAsync(SleepLongAsync), Is.True);
            await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(_ => FailAsync("body")));
            Assert.That(await Caught.IsCancelledAsync(SleepLongAsync), Is.True);
            return Asyncio.CurrentTask()!.CancelRequests;
        });
        Assert.That(await task, Is.EqualTo(1));
    });

    /// <summary>A parent asked again and again while the group ends: nothing is cancelled twice, nothing is lost.</summary>
    [Test]
    public void AParentAskedAgain_StillWaits() => Run(async () =>
    {
        var end = Loop.CreateFuture<int>();
        var task = Asyncio.CreateTask(async () => await TaskGroup.RunAsync(group =>
        {
            _ = group.CreateTask(async () =>
            {
                await Caught.IsCancelledAsync(SleepLongAsync);
                await end;
                Log.Add("child has ended");
            });
            return Task.CompletedTask;
        }));
        await SettleAsync();
        for (var i = 0; i < 3; i++)
        {
            task.Cancel();
            await SettleAsync();
            Assert.That(task.IsDone, Is.False);
        }

        end.SetResult(1);
        Assert.That(await Caught.IsCancelledAsync(async () => await task), Is.True);
        Assert.That(task.CancelRequests, Is.EqualTo(3));
        Assert.That(Log, Is.EqualTo((string[])["child has ended"]));
    });

    /// <summary>A body cancelled by something else than a request to its task: that cancellation passes.</summary>
    [Test]
    public void ABodyThatEndsWithACancellation_PassesItOn() => Run(async () =>
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var error = await Caught.ByAsync<OperationCanceledException>(async () => await TaskGroup.RunAsync(group =>
        {
            _ = group.CreateTask(() => LogCancellationAsync("child"));
            source.Token.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        }));
        Assert.That(error.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(Log, Is.Empty, "a child that has not started never runs");
    });

    /// <summary>Python 3.15's TaskGroup.cancel (cpython#108951): the group ends without an error.</summary>
    [TestCase("body")]
    [TestCase("child")]
    [TestCase("outside")]
    [TestCase("end of the body")]
    public void ACancelledGroup_EndsWithoutAnError(string from) => Run(async () =>
    {
        var self = Asyncio.CurrentTask()!;
        await TaskGroup.RunAsync(async group =>
        {
            _ = group.CreateTask(() => LogCancellationAsync("child"));
            await Asyncio.YieldAsync();
            switch (from)
            {
                case "child":
                    _ = group.CreateTask(() =>
                    {
                        group.Cancel();
                        return Task.CompletedTask;
                    });
                    break;
                case "outside":
                    Loop.CallSoon(group.Cancel);
                    break;
                default:
                    group.Cancel();
                    group.Cancel();
                    break;
            }

            if (from != "end of the body")
            {
                await LogCancellationAsync("body");
            }
        });
        Assert.That(Log, Is.EquivalentTo(from == "end of the body" ? (string[])["child"] : ["child", "body"]));
        Assert.That(self.CancelRequests, Is.Zero);
        await Asyncio.YieldAsync();
    });

    /// <summary>Python 3.15: cancelled while the group waits for its tasks, without any, and after it was left.</summary>
    [Test]
    public void ACancelledGroup_AtItsEnd() => Run(async () =>
    {
        TaskGroup? seen = null;
        await TaskGroup.RunAsync(group =>
        {
            seen = group;
            _ = group.CreateTask(() => LogCancellationAsync("child"));
            Loop.CallLater(Soon, group.Cancel);
            return Task.CompletedTask;
        });
        seen!.Cancel();
        await TaskGroup.RunAsync(group =>
        {
            group.Cancel();
            return Task.CompletedTask;
        });
        Assert.That(Asyncio.CurrentTask()!.CancelRequests, Is.Zero);
        await Asyncio.YieldAsync();
        Assert.That(Log, Is.EqualTo((string[])["child"]));
    });

    /// <summary>Python 3.15: failures on the way out are still raised, and another's request still wins.</summary>
    [Test]
    public void ACancelledGroup_StillHasFailures_AndOthersRequests([Values] bool asked) => Run(async () =>
    {
        var task = Asyncio.CreateTask(async () => await TaskGroup.RunAsync(async group =>
        {
            _ = group.CreateTask(() => asked ? SleepLongAsync() : FailWhenCancelledAsync("child"));
            await Asyncio.YieldAsync();
            group.Cancel();
            if (asked)
            {
                Asyncio.CurrentTask()!.Cancel();
            }

            await SleepLongAsync();
        }));
        if (asked)
        {
            Assert.That(await Caught.IsCancelledAsync(async () => await task), Is.True);
        }
        else
        {
            Assert.That(Texts(await Caught.ByAsync<TaskGroupException>(async () => await task)), Is.EqualTo((string[])["child"]));
        }

        Assert.That(task.CancelRequests, Is.EqualTo(asked ? 1 : 0));
    });

    private static string[] Texts(TaskGroupException error) => [.. error.InnerExceptions.Select(inner => inner.Message)];

    private static Task SleepLongAsync() => Asyncio.SleepAsync(TimeSpan.FromHours(1)).AsTask();

    private static async Task FailAsync(string text)
    {
        await Asyncio.YieldAsync();
        throw new FormatException(text);
    }

    private static async Task FailWhenCancelledAsync(string text)
    {
        await Caught.IsCancelledAsync(SleepLongAsync);
        throw new FormatException(text);
    }

    private async Task LogCancellationAsync(string name)
    {
        try
        {
            await SleepLongAsync();
        }
        catch (OperationCanceledException)
        {
            Log.Add(name);
            throw;
        }
    }
}
