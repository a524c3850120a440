using NUnit.Framework;
using Sim.Conformance;

namespace Sim.Tests;

/// <summary>Programs that no generator makes: limits, ends, and operations by hand.</summary>
public class ConformanceExecutorTests
{
    [Test]
    public void Conditions_AreAcquiredAndReleasedByHand() =>
        Assert.That(Trace("""{"objects":{"conds":1},"procs":[[{"op":"cond_acq","c":0},{"op":"cond_rel","c":0},{"op":"cond_rel","c":0}]],"funcs":[],"phases":[{"k":"ruc","p":0}]}"""), Is.EqualTo(
            """
            t0 i1 F0 start p0
            t0 i1 F0 p0.0 cond_acq true
            t0 i1 F0 p0.1 cond_rel ok
            t0 i1 F0 p0.2 cond_rel !Runtime
            t0 i1 F0 end !Runtime
            t0 i2 loop phase0 !Runtime
            t0 i2 loop F0 !Runtime
            """));

    [Test]
    public void AWaitThatNobodyEnds_IsADeadlock_AndTheLoopStaysUsable() =>
        Assert.That(Trace("""{"procs":[[{"op":"fut","f":"x"},{"op":"await","f":"x"}],[]],"funcs":[],"phases":[{"k":"ruc","p":0},{"k":"ruc","p":1}]}"""), Is.EqualTo(
            """
            t0 i1 F0 start p0
            t0 i1 F0 p0.0 fut F1
            t0 i2 loop phase0 DEADLOCK
            t0 i3 F2 start p1
            t0 i3 F2 end none
            t0 i4 loop phase1 none
            t0 i4 loop shutdown0 cancel F0
            t0 i5 F0 p0.1 await !Cancelled
            t0 i5 F0 end !Cancelled
            t0 i8 loop shutdown0 none
            t0 i8 loop F0 cancelled
            t0 i8 loop F1 cancelled
            t0 i8 loop F2 none
            """));

    [Test]
    public void IterationsWithoutEnd_AreALivelock() =>
        Assert.That(
            Trace("""{"procs":[[]],"funcs":[[{"op":"call_soon","fn":0}]],"init":[{"op":"call_soon","fn":0}],"phases":[{"k":"forever"}]}"""),
            Does.EndWith("t0 i4000 fn0 f.0 call_soon ok\nt0 i4001 loop main LIVELOCK"));

    [Test]
    public void TheSixtyFifthTask_IsSkipped() =>
        Assert.That(
            Trace("""{"procs":[[{"op":"repeat","n":64,"body":[{"op":"spawn","p":1}]}],[]],"funcs":[],"phases":[{"k":"ruc","p":0}]}"""),
            Does.Contain("p0.0.0 spawn F63\n").And.Contain("p0.0.0 spawn skip\n").And.Not.Contain("F64"));

    [Test]
    public void AProcThatJoinsItself_EndsWithAnError_NotWithTheProcess() =>
        Assert.That(
            Trace("""{"procs":[[{"op":"try","body":[{"op":"join","p":1}]}],[{"op":"join","p":1}]],"funcs":[],"phases":[{"k":"ruc","p":0}]}"""),
            Does.Contain("p0.0 catch Runtime\n").And.Contain("loop F0 none"));

    [Test]
    public void ATaskMayWaitOnYoungerTasksOnly() =>
        Assert.That(
            Trace("""{"procs":[[{"op":"spawn","p":1,"f":"a"},{"op":"gather_f","fs":["a"],"f":"b"},{"op":"await","f":"b"}],[{"op":"await","f":"a"},{"op":"await","f":"b"}]],"funcs":[],"phases":[{"k":"ruc","p":0}]}"""),
            Does.Contain("F1 p1.0 await skip\n").And.Contain("F1 p1.1 await skip\n").And.Contain("F0 p0.2 await [none]\n"));

    /// <summary>Rule 90: tasks and callbacks have a copy of the context in which they were made; a callee shares its task's.</summary>
    [Test]
    public void ContextVariables_AreSharedWithCallees_AndCopiedForTasksAndCallbacks() =>
        Assert.That(Trace(
            """
            {"procs":[
              [{"op":"ctx_set","k":"x","v":1},{"op":"spawn","p":1},{"op":"call_soon","fn":0},{"op":"join","p":1},{"op":"ctx_get","k":"x"},{"op":"sleep","d":0},{"op":"ctx_get","k":"x"}],
              [{"op":"ctx_get","k":"x"},{"op":"ctx_set","k":"x","v":2}]],
             "funcs":[[{"op":"ctx_get","k":"x"},{"op":"ctx_set","k":"x","v":3}]],"phases":[{"k":"ruc","p":0}]}
            """).Split('\n').Where(line => line.Contains("ctx_get", StringComparison.Ordinal)), Is.EqualTo((string[])
            [
                "t0 i1 F0 p1.0 ctx_get 1", "t0 i1 F0 p0.4 ctx_get 2", "t0 i2 F1 p1.0 ctx_get 1", "t0 i2 fn0 f.0 ctx_get 1", "t0 i2 F0 p0.6 ctx_get 2",
            ]));

    private static string Trace(string json) =>
        string.Join('\n', LoopUnderTest.Run(ProgramReader.Read(json, "test", OpFamilies.All.Forms).Single()).Lines);
}
