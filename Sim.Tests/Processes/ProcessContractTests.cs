using System.Diagnostics;
using System.Runtime.InteropServices;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>Processes of the system, on every poller, and their stand-ins keep one contract; faulty ones do not.</summary>
public sealed class ProcessContractTests
{
    [TestCaseSource(nameof(Demands))]
    public void KeepsTheContract(ContractCase demand) => demand.Run();

    [TestCase("What is written for it is read by it, and it ends with its code", FaultyChild.Fault.WrongCode, "code 0 instead of 7")]
    [TestCase("What it has said can be read after its end", FaultyChild.Fault.LosesOutput, "ObjectDisposedException")]
    [TestCase("Several may wait for its end", FaultyChild.Fault.DoesNotTell, "StalledException")]
    [TestCase("A cancelled wait leaves it alone", FaultyChild.Fault.EndsByItself, "has ended with code")]
    [TestCase("A signal ends it, and its code says so", FaultyChild.Fault.WrongCode, "code 0 instead of 143")]
    [TestCase("One that has ended takes no signal", FaultyChild.Fault.TakesEverySignal, "taken by one that had ended")]
    [TestCase("Writing for one that has ended fails", FaultyChild.Fault.SwallowsInput, "written for one that had ended")]
    [TestCase("Who communicates does not mind that it does not read", FaultyChild.Fault.DoesNotTell, "StalledException")]
    [TestCase("One that says much waits for a reader", FaultyChild.Fault.ReadsItself, "memory is not bounded")]
    [TestCase("Disposing ends it", FaultyChild.Fault.OutlivesDisposing, "code 0 instead of 137")]
    public void AFaultyStarter_IsFound(string name, FaultyChild.Fault fault, string words)
    {
        var contract = new StandIns("faulty", Virtual, programs => new FaultyChild.Starter(programs, fault));
        Assert.That(
            () => contract.Cases.Single(demand => demand.Name == name).Run(),
            Throws.TypeOf<ContractViolationException>().With.Message.Contains(words));
    }

    private static IEnumerable<TestCaseData> Demands() =>
        from contract in Contracts()
        from demand in contract.Contract.Cases
        select new TestCaseData(demand).SetArgDisplayNames(contract.Name, demand.Name);

    private static IEnumerable<(string Name, ProcessContract Contract)> Contracts()
    {
        yield return ("virtual", new StandIns("virtual", Virtual, static programs => programs));
        yield return ("virtual, drawn", new StandIns("virtual, drawn", static () => Drawn(1), static programs => programs));
        yield return ("virtual, otherwise", new StandIns("virtual, otherwise", static () => Drawn(2), static programs => programs));
        yield return ("virtual, real loop", new StandIns("real loop", static () => Asyncio.NewEventLoop(), static programs => programs));
        if (OperatingSystem.IsLinux())
        {
            yield return ("system, epoll", new Programs(static () => new EpollPoller(SystemClock.Instance)));
            yield return ("system, select", new Programs(static () => new SelectPoller(SystemClock.Instance)));
        }
    }

    private static EventLoop Virtual() => Asyncio.NewVirtualEventLoop();

    private static EventLoop Drawn(long seed)
    {
        var clock = new VirtualClock();
        var chooser = new Chooser(new RandomStrategy(seed), records: false);
        return new EventLoop(clock, new VirtualPoller(clock), new LoopOptions { Scheduler = chooser });
    }

    private sealed class Programs(Func<IPoller> makePoller) : ProcessContract
    {
        protected override EventLoop CreateLoop() => new(SystemClock.Instance, makePoller());

        protected override IProcessStarter CreateStarter(EventLoop loop) => SystemProcesses.Instance;

        protected override ProcessStartInfo Describe(ContractProgram program) => program switch
        {
            ContractProgram.Copy => new("sh", ["-c", "cat; exit 7"]),
            ContractProgram.Speak => new("sh", ["-c", "printf hello; printf oops >&2"]),
            ContractProgram.Idle => new("sleep", ["3600"]),
            _ => new("head", ["-c", "1000000", "/dev/zero"]),
        };
    }

    private sealed class StandIns(string name, Func<EventLoop> makeLoop, Func<VirtualProcesses, IProcessStarter> wrap) : ProcessContract
    {
        protected override EventLoop CreateLoop() => makeLoop();

        protected override IProcessStarter CreateStarter(EventLoop loop) => wrap(new VirtualProcesses()
            .Add("copy", CopyAsync)
            .Add("speak", SpeakAsync)
            .Add("idle", static async _ =>
            {
                await Asyncio.SleepAsync(TimeSpan.FromDays(1));
                return 0;
            })
            .Add("flood", static async program =>
            {
                await program.StandardOutput!.SendAsync(new byte[1_000_000]);
                return 0;
            }));

        protected override ProcessStartInfo Describe(ContractProgram program) => new(program switch
        {
            ContractProgram.Copy => "copy",
            ContractProgram.Speak => "speak",
            ContractProgram.Idle => "idle",
            _ => "flood",
        });

        public override string ToString() => name;

        private static async Task<int> CopyAsync(VirtualProgram program)
        {
            var piece = new byte[4096];
            while (await program.StandardInput!.ReceiveAsync(piece) is var count and > 0)
            {
                await program.StandardOutput!.SendAsync(piece.AsMemory(0, count));
            }

            return 7;
        }

        private static async Task<int> SpeakAsync(VirtualProgram program)
        {
            await program.StandardOutput!.SendAsync("hello"u8.ToArray());
            await program.StandardError!.SendAsync("oops"u8.ToArray());
            return 0;
        }
    }
}
