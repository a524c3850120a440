using NUnit.Framework;
using Sim.Core;
using Sim.Testing;

namespace Sim.Tests;

/// <summary>Both executors of the house keep the contract that users' executors are held to; faulty ones do not.</summary>
public sealed class ExecutorContractTests
{
    [TestCaseSource(nameof(Demands))]
    public void KeepsTheContract(ContractCase demand) => demand.Run();

    [TestCase("Work does not run inside of Submit", "the work ran before Submit returned")]
    [TestCase("Work runs outside of any task", "ran as part of the task")]
    [TestCase("Work does not see the context of who submits it", "saw an AsyncLocal value")]
    public void AnExecutorThatRunsWorkAtOnce_IsFound(string name, string words) =>
        AssertFound(new Contract("inline", static _ => new Inline(1)), name, words);

    [Test]
    public void AnExecutorThatRunsWorkTwice_IsFound() =>
        AssertFound(new Contract("twice", static _ => new Inline(2)), "Work runs once, all of it", "200 ran more than once");

    /// <summary>Of each piece the second run comes when all have run once.</summary>
    [Test]
    public void AnExecutorThatRunsWorkTwice_MuchLater_IsFound() =>
        AssertFound(new Contract("echo", static loop => new Echoing(loop)), "Work runs once, all of it", "200 ran more than once");

    [Test]
    public void AnExecutorThatLosesWork_IsFound() =>
        AssertFound(new Contract("lost", static _ => new Inline(0)), "What work throws does not stop the work after it", "StalledException");

    private static void AssertFound(Contract contract, string name, string words) =>
        Assert.That(() => contract.Cases.Single(demand => demand.Name == name).Run(), Throws.TypeOf<ContractViolationException>().With.Message.Contains(words));

    private static IEnumerable<TestCaseData> Demands() =>
        from contract in new[]
        {
            new Contract("virtual", static loop => new VirtualExecutor(loop)),
            new Contract("thread pool", static _ => new ThreadPoolExecutor()) { Kind = LoopKind.Real },
            new Contract("thread pool, virtual loop", static _ => new ThreadPoolExecutor()),
        }
        from demand in contract.Cases
        select new TestCaseData(demand).SetArgDisplayNames(contract.Name, demand.Name);

    private sealed class Contract(string name, Func<EventLoop, IExecutor> make) : ExecutorContract
    {
        public string Name => name;

        public LoopKind Kind { get; init; }

        protected override EventLoop CreateLoop() => Kind == LoopKind.Real ? Asyncio.NewEventLoop() : Asyncio.NewVirtualEventLoop();

        protected override IExecutor CreateExecutor(EventLoop loop) => make(loop);
    }

    private sealed class Inline(int times) : IExecutor
    {
        public void Submit(Action work)
        {
            for (var i = 0; i < times; i++)
            {
                work();
            }
        }
    }

    private sealed class Echoing(EventLoop loop) : IExecutor
    {
        private readonly Queue<Action> _last = [];

        public void Submit(Action work)
        {
            loop.CallSoon(work);
            _last.Enqueue(work);
            if (_last.Count > 200)
            {
                loop.CallSoon(_last.Dequeue());
            }
        }
    }
}
