using NUnit.Framework;

namespace Sim.Tests;

/// <summary>Invariants that are questions of what the code says, not of what it does.</summary>
public class InvariantsTests
{
    [Test]
    public void A2_OnlyAPoller_MovesTime() => Caretaker.FindsNothing(SourceInvariants.MovesTimeOutsideAPoller(SourceTree.Repository));

    [Test]
    public void A3_TheCore_NeverAsksWhetherItIsSimulated() => Caretaker.FindsNothing(SourceInvariants.AsksWhetherSimulated(SourceTree.Repository));

    [Test]
    public void A4_NothingIsAmbient_ButTheLoopAndTheTask() =>
        Assert.That(AmbientState.In(ShippedAssemblies.All.SelectMany(assembly => assembly.GetTypes())), Is.EquivalentTo(AmbientState.Allowed.Concat(AmbientState.Shared)));

    [Test]
    public void A8_Decisions_AreIntegers() => Caretaker.FindsNothing(SourceInvariants.CountsInFloatingPoint(SourceTree.Repository));

    [TestCase("clock.AdvanceTo(t);", "calls AdvanceTo")]
    [TestCase("Action<TimeSpan> move = clock.AdvanceBy;", "calls AdvanceBy")]
    public void WhoMovesTime_IsFound(string code, string words)
    {
        Caretaker.FindsOne(SourceInvariants.MovesTimeOutsideAPoller(InTheCore(code, "Loop")), words);
        Caretaker.FindsNothing(SourceInvariants.MovesTimeOutsideAPoller(InTheCore(code, "IO")));
    }

    [Test]
    public void AReaderThatIsAdvanced_MovesNoTime() =>
        Caretaker.FindsNothing(SourceInvariants.MovesTimeOutsideAPoller(InTheCore("reader.AdvanceTo(p); x.Input.AdvanceTo(p);", "Loop")));

    [TestCase("if (clock is VirtualClock) { }", 1)]
    [TestCase("var v = clock as VirtualClock;", 1)]
    [TestCase("if (poller.IsVirtual) { }", 1)]
    [TestCase("if (IsSimulated()) { }", 1)]
    [TestCase("SimNetwork n;", 1)]
    [TestCase("var clock = new VirtualClock(); return new EventLoop(clock, new VirtualPoller(clock));", 0)]
    [TestCase("Asyncio.NewVirtualEventLoop(); // VirtualClock\nSim.Clock.IClock c;", 0)]
    public void WhoAsks_IsFound(string code, int findings) =>
        Assert.That(SourceInvariants.AsksWhetherSimulated(InTheCore(code, "Loop")).ToList(), Has.Count.EqualTo(findings));

    [TestCase("double p;", 1)]
    [TestCase("var p = 0.5;", 1)]
    [TestCase("var p = 1f;", 1)]
    [TestCase("var p = 1e3;", 1)]
    [TestCase("var ms = span.TotalMilliseconds;", 1)]
    [TestCase("var x = 0xEFUL + 0x1F + 1_000L + values[1..2].Length; // 0.5 double", 0)]
    [TestCase("var x = list.Single(); Half(x);", 0)]
    public void FloatingPoint_IsFound(string code, int findings) =>
        Assert.That(SourceInvariants.CountsInFloatingPoint(InTheCore(code, "Loop")).ToList(), Has.Count.EqualTo(findings));

    [Test]
    public void AmbientFields_AreFound() =>
        Assert.That(
            string.Join(' ', AmbientState.In([typeof(Ambient)]).Order(StringComparer.Ordinal)),
            Is.EqualTo("Ambient._counter Ambient._perFlow Ambient._perThread"));

    private static SourceTree InTheCore(string code, string folder) => new(($"Sim.Core/{folder}/Thing.cs", $"class Thing {{ void M() {{ {code}\n }} }}"));

    private static class Ambient
    {
        public static readonly object _readOnly = new();
        public static readonly AsyncLocal<int> _perFlow = new();

        [ThreadStatic]
        public static int _perThread;

        public static int _counter;

        public static void Count() => _perThread = ++_counter;
    }
}
