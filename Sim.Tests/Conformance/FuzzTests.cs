using NUnit.Framework;
using Sim.Conformance;

namespace Sim.Tests;

/// <summary>Fuzzing finds a planted difference, shrinks it to what matters, and shows both sides.</summary>
public class FuzzTests
{
    private static readonly LoopUnderTest _right = new();

    /// <summary>The difference is inside of blocks, in a task of a task, between things that do not matter.</summary>
    [Test]
    public void WhatDoesNotMatter_IsShrunkAway()
    {
        const string program =
            """
            {"id":"planted","min":"3.11","objects":{"locks":2,"events":1},"procs":[
              [{"op":"fut","f":"x"},{"op":"spawn","p":2,"f":"a"},{"op":"sleep","d":40},{"op":"gather","fs":["a","x"],"rex":1}],
              [{"op":"log","v":1}],
              [{"op":"with_lock","l":1,"body":[{"op":"try","on":["Err"],"body":[{"op":"sleep","d":7},{"op":"ev_set","e":0},{"op":"raise","e":3}],"h":[{"op":"join","p":1}]}]}]],
             "funcs":[[{"op":"log","v":2}]],"init":[{"op":"call_soon","fn":0}],"phases":[{"k":"ruc","p":0},{"k":"ruc","p":1}]}
            """;
        var shrinker = new ProgramShrinker(_right, new ForgetfulLoop("ev_set"));
        Assert.That(
            shrinker.Shrink(ProgramReader.Read(program, "test", OpFamilies.All.Forms).Single()).Json,
            Is.EqualTo("""{"id":"planted","objects":{"events":1},"procs":[[{"op":"ev_set","e":0}]],"funcs":[],"phases":[{"k":"ruc","p":0}]}"""));
    }

    [Test]
    public void TheReport_HasTheProgramAndBothTraces()
    {
        var progress = new List<string>();
        var report = new FuzzCampaign("the right loop", _right, new ForgetfulLoop("stop")).Run(10, 1, "stop", progress.Add);
        Assert.That(progress, Is.EqualTo((string[])["program 0 of seed 1 differs; shrinking it"]));
        Assert.That(report, Is.EqualTo(
            """
            Program s1-0-stop differs; shrunk from 1204 characters to 84:

            {"id":"s1-0-stop","procs":[[{"op":"stop"}]],"funcs":[],"phases":[{"k":"ruc","p":0}]}

            phases: [{"k":"ruc","p":0}]
            p0
              .0 {"op":"stop"}

            the right loop           Sim.Core
            t0 i1 F0 start p0        t0 i1 F0 start p0
            t0 i1 F0 p0.0 stop ok  | t0 i1 F0 p0.0 log forgotten
            t0 i1 F0 end none        t0 i1 F0 end none
            t0 i1 loop phase0 none | t0 i2 loop phase0 none
            t0 i1 loop F0 none     | t0 i2 loop F0 none

            """));
    }

    [Test]
    public void EqualLoops_HaveNothingToReport()
    {
        var progress = new List<string>();
        Assert.That(new FuzzCampaign("the right loop", _right, _right).Run(24, 3, null, progress.Add), Is.Null);
        Assert.That(progress, Is.EqualTo((string[])["24 of 24 programs equal"]));
    }
}
