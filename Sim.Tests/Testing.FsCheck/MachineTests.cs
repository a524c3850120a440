using System.Collections.Immutable;
using FsCheck.Fluent;
using NUnit.Framework;
using Samples;
using Sim.Core;
using Sim.Testing;
using Sim.Testing.FsCheck;
using Sim.World;

namespace Sim.Tests;

public class MachineTests
{
    [Test]
    public Task BugOfTheRegister_IsFound_Shrunk_AndShownAsATable() => Shows(SampleMachines.Register(() => new RacyRegister()));

    [Test]
    public Task BugOfTheQueue_IsFound_Shrunk_AndShownAsATable() => Shows(SampleMachines.Queue(() => new RacyJobQueue()));

    [Test]
    public Task BugOfTheStore_IsFound_Shrunk_AndShownAsATable() => Shows(SampleMachines.Store(() => new CachedStore()));

    [Test]
    public void TheMendedRegister_HoldsOver10000Histories() => Holds(SampleMachines.Register(() => new MendedRegister()));

    [Test]
    public void TheMendedQueue_HoldsOver10000Histories() => Holds(SampleMachines.Queue(() => new MendedJobQueue()));

    [Test]
    public void TheMendedStore_HoldsOver10000Histories() => Holds(SampleMachines.Store(() => new MendedStore()));

    [Test]
    public void ACallThatIsForgotten_IsFound_OnceNothingGoesOn()
    {
        var report = MachineBench.Run(Machine
            .Of(() => new ForgetfulBell(), initial: 0)
            .Operation("ring", bell => bell.RingAsync(), rings => rings + 1)
            .Operation("wait", bell => bell.WaitAsync(), rings => rings == 0 ? ModelStep.Waits : ModelStep.To(rings)));

        Assert.That(report.ToText("."), Does.Contain("wait() → no answer   need not wait, and never ends"));
        Assert.That(CallsOf(report), Has.Length.EqualTo(2));
    }

    [Test]
    public void ACallThatWaitsAsItShould_IsFine() => Holds(
        Machine
            .Of(() => new AsyncEvent(), initial: false)
            .Operation("ring", bell => RingAsync(bell), _ => true)
            .Operation("wait", bell => bell.WaitAsync(), rung => rung ? ModelStep.To(rung) : ModelStep.Waits),
        runs: 200);

    [Test]
    public void ACallThatTakesLong_IsNoneThatNeverEnds() => Holds(
        Machine
            .Of(() => new AsyncLock(), initial: 0)
            .Operation("sleep", bed => SleepAsync(bed), nights => nights + 1),
        runs: 200);

    [Test]
    public void ACallThatIsForgotten_IsFound_AlsoBesideAHeartbeat()
    {
        var report = MachineBench.Run(Machine
            .Of(() => BellWithHeartbeat(), initial: 0)
            .Operation("ring", bell => bell.RingAsync(), rings => rings + 1)
            .Operation("wait", bell => bell.WaitAsync(), rings => rings == 0 ? ModelStep.Waits : ModelStep.To(rings)));

        Assert.That(report.ToText("."), Does.Contain("wait() → no answer   need not wait, and never ends"));
    }

    [Test]
    public void AnException_IsAResultThatTheModelKnows()
    {
        var stack = Machine
            .Of(() => new Stack<int>(), ImmutableStack<int>.Empty)
            .Operation("push", Gen.Choose(1, 3), (stack, value) => PushAsync(stack, value), (state, value) => state.Push(value));
        Holds(With(ModelStep.Throws<InvalidOperationException>()), runs: 400);

        var report = MachineBench.Run(With(ModelStep.Waits));
        Assert.That(report.ToText("."), Does.Contain("A pop() → InvalidOperationException   would have to wait"));
        Assert.That(CallsOf(report), Has.Length.EqualTo(1));

        IMachine With(ModelStep whenEmpty) =>
            stack.Operation("pop", PopAsync, state => state.IsEmpty ? whenEmpty : (state.Pop(), state.Peek()));
    }

    [Test]
    public void WhenAReplyIsLost_TheCallMayHaveTakenEffect()
    {
        var counter = Machine
            .Of(() => new LossyCounter(), initial: 0)
            .Operation("add", counter => counter.AddAsync(), count => (count + 1, count + 1))
            .Operation("read", counter => counter.ReadAsync(), count => (count, count));
        Holds(counter with { MayHaveTakenEffect = static error => error is TimeoutException }, runs: 400);
        Assert.That(MachineBench.Run(counter).Failure, Is.Not.Null);
    }

    [Test]
    public void TasksAndOperations_AreAsManyAsTheMachineSays()
    {
        var widest = 0;
        MachineBench.Run(Machine
            .Of(() => 0, initial: 0)
            .Operation("look", _ => LookAsync(), static state => state) with { Tasks = 5, OperationsPerTask = 2 });
        Assert.That(widest, Is.EqualTo(5));

        Task LookAsync()
        {
            widest = Math.Max(widest, Asyncio.AllTasks().Count - 1);
            return Task.CompletedTask;
        }
    }

    [Test]
    public void AMachineWithoutOperations_IsRefused() =>
        Assert.That(
            () => Machine.Of(() => 0, 0).Check(),
            Throws.TypeOf<ScenarioException>().With.Message.Contain("it needs at least one of each"));

    [Test]
    public void Check_ThrowsTheWholeText() =>
        Assert.That(
            () => SampleMachines.Register(() => new RacyRegister()).Check(new PropertyOptions { Replay = MachineBench.Replay }, "register"),
            Throws.TypeOf<PropertyFalsifiedException>().With.Message.Contain("register fails in run").And.Message.Contain("└ true"));

    [Test]
    public void CallsThatReturnValueTasks_AreOperationsToo() => Holds(
        Machine
            .Of(() => new AsyncQueue<int>(2), ImmutableQueue<int>.Empty)
            .Operation("put", Gen.Choose(1, 9), (queue, item) => queue.PutAsync(item), PutInto)
            .Operation("get", queue => queue.GetAsync(), items => items.IsEmpty ? ModelStep.Waits : (items.Dequeue(), items.Peek()))
            .Operation("count", async queue => await Task.FromResult(queue.Count), items => (items, items.Count())),
        runs: 1_000);

    [Test]
    public void Arguments_ShrinkWithinTheirRange()
    {
        var report = MachineBench.Run(Machine
            .Of(() => 0, initial: 0)
            .Operation("add", Gen.Zip(Gen.Elements("b", "c"), Gen.Choose(3, 90)), (_, _) => Task.CompletedTask, (_, _) => ModelStep.Waits));

        Assert.That(CallsOf(report).Single().Operation.ToString(), Does.StartWith("add(\"b\", ").And.Match(@"[3-9]\)"));
    }

    private static async Task SleepAsync(AsyncLock bed)
    {
        using (await bed.AcquireAsync())
        {
            await Asyncio.SleepAsync(TimeSpan.FromMinutes(7));
        }
    }

    private static ForgetfulBell BellWithHeartbeat()
    {
        _ = Asyncio.CreateTask(
            async () =>
            {
                while (true)
                {
                    await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(10));
                }
            },
            "heartbeat");
        return new ForgetfulBell();
    }

    private static ModelStep<ImmutableQueue<int>> PutInto(ImmutableQueue<int> items, int item) =>
        items.Count() == 2 ? ModelStep.Waits : items.Enqueue(item);

    private static async Task RingAsync(AsyncEvent bell)
    {
        await Asyncio.YieldAsync();
        bell.Set();
    }

    private static async Task PushAsync(Stack<int> stack, int value)
    {
        await Asyncio.YieldAsync();
        stack.Push(value);
    }

    private static async Task<int> PopAsync(Stack<int> stack)
    {
        await Asyncio.YieldAsync();
        return stack.Pop();
    }

    private static ImmutableArray<Call> CallsOf(PropertyReport report) =>
        ((NotLinearizableException)report.Failure!.Shrunk!.Failure!.Exception).Report.History.Calls;

    private static Task Shows(IMachine machine)
    {
        var report = MachineBench.Run(machine);
        Assert.That(CallsOf(report), Has.Length.LessThanOrEqualTo(6));
        return Verify(CodePlaces.Without(report.ToText("Sim.Tests")));
    }

    private static void Holds(IMachine machine, int runs = 10_000)
    {
        var report = MachineBench.Run(machine, new PropertyOptions { MaxTest = runs / 4, Schedules = 4 });
        Assert.That(report.Failure, Is.Null, () => report.ToText("Sim.Tests"));
        Assert.That(report.Runs, Is.EqualTo(runs));
    }

    /// <summary>Who begins to wait while the bell rings is not told of it: it is marked as rung too late.</summary>
    private sealed class ForgetfulBell
    {
        private readonly List<Future<ValueTuple>> _waiting = [];
        private bool _rung;

        public async Task RingAsync()
        {
            foreach (var waiter in _waiting)
            {
                waiter.TrySetResult();
            }

            await Asyncio.YieldAsync();
            _rung = true;
        }

        public async Task WaitAsync()
        {
            if (!_rung)
            {
                var waiter = Asyncio.GetRunningLoop().CreateFuture<ValueTuple>();
                _waiting.Add(waiter);
                await waiter;
            }
        }
    }

    /// <summary>Counts, and now and then its answer is lost.</summary>
    private sealed class LossyCounter
    {
        private int _count;

        public async Task<int> AddAsync()
        {
            await Asyncio.YieldAsync();
            var count = ++_count;
            await Asyncio.YieldAsync();
            return Simulation.Current.Draw("lost", 3) == 0 ? count : throw new TimeoutException();
        }

        public async Task<int> ReadAsync()
        {
            await Asyncio.YieldAsync();
            return _count;
        }
    }
}
