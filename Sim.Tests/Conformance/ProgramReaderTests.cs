using NUnit.Framework;
using Sim.Conformance;

namespace Sim.Tests;

/// <summary>Programs are read in three forms, and what makes no sense is refused with its place.</summary>
public class ProgramReaderTests
{
    private const string Empty = """{"id":"a","procs":[],"funcs":[],"phases":[]}""";

    [TestCase(Empty, "a")]
    [TestCase("[" + Empty + "," + Empty + "]", "a a")]
    [TestCase("# comment\n" + Empty + "\n\n" + Empty + "\r\n", "a a")]
    [TestCase("""[{"procs":[],"funcs":[],"phases":[]},{"id":7,"procs":[],"funcs":[],"phases":[]}]""", "0 7")]
    [TestCase("""{"id":"b","procs":[],"phases":[]}""", "b")]
    [TestCase("", "")]
    public void Programs_AreReadFromLinesAnObjectOrAList(string text, string ids) =>
        Assert.That(string.Join(' ', Read(text).Select(program => program.Id)), Is.EqualTo(ids));

    [TestCase("# a\n" + Empty + "\nnonsense", "file.jsonl:3: this is no JSON, at character 2.")]
    [TestCase("7", "file.jsonl:1: a program is a JSON object.")]
    [TestCase("""{"funcs":[],"phases":[]}""", "file.jsonl:1: there is no list 'procs'.")]
    [TestCase("""{"procs":[],"funcs":[],"phases":[{"k":"once"}]}""", "file.jsonl:1: a phase is {\"k\":\"ruc\",\"p\":n} or {\"k\":\"forever\"}.")]
    [TestCase("""{"procs":[],"funcs":[],"phases":[{"k":"ruc","p":0}]}""", "file.jsonl:1: 'p' of a phase is 0, but there is no proc of that number.")]
    [TestCase("""{"objects":{"queues":[["deque",1]]},"procs":[],"funcs":[],"phases":[]}""", "file.jsonl:1: a queue is fifo, lifo or prio.")]
    public void AProgramThatMakesNoSense_IsRefused(string text, string message) => Refuses(text, message);

    [TestCase("""{"d":1}""", "p0.0 has no 'op'.")]
    [TestCase("""{"op":"jump"}""", "p0.0: there is no operation 'jump'.")]
    [TestCase("""{"op":"sleep"}""", "p0.0: 'sleep' has no 'd'.")]
    [TestCase("""{"op":"sleep","d":1.5}""", "p0.0: 'd' of 'sleep' must be a whole number.")]
    [TestCase("""{"op":"sleep","d":9000000000000}""", "p0.0: 'd' of 'sleep' is 9000000000000: too large for a time in microseconds.")]
    [TestCase("""{"op":"join","p":3}""", "p0.0: 'p' of 'join' is 3, but there is no proc of that number.")]
    [TestCase("""{"op":"lock","l":0}""", "p0.0: 'l' of 'lock' is 0, but there is no lock of that number.")]
    [TestCase("""{"op":"fut","f":1}""", "p0.0: 'f' of 'fut' must be a text.")]
    [TestCase("""{"op":"gather","fs":"a"}""", "p0.0: 'fs' of 'gather' must be a list of texts.")]
    [TestCase("""{"op":"gather","fs":[],"rex":2}""", "p0.0: 'rex' of 'gather' must be 0, 1, true or false.")]
    [TestCase("""{"op":"wait","fs":[],"rw":"SOME"}""", "p0.0: 'rw' of 'wait' is 'SOME', but must be FIRST_COMPLETED or FIRST_EXCEPTION or ALL_COMPLETED.")]
    [TestCase("""{"op":"wait_for","d":1}""", "p0.0: 'wait_for' has neither 'f' nor 'p'.")]
    [TestCase("""{"op":"try","body":[],"h":[{"op":"x"}]}""", "p0.0h.0: there is no operation 'x'.")]
    public void AnOperationThatMakesNoSense_IsRefused(string op, string message) =>
        Refuses($$"""{"procs":[[{{op}}]],"funcs":[],"phases":[]}""", $"file.jsonl:1: {message}");

    [Test]
    public void WhatWaits_CannotStandInACallback() =>
        Refuses("""{"procs":[],"funcs":[[{"op":"try","body":[{"op":"sleep","d":1}]}]],"phases":[]}""", "file.jsonl:1: fn0.0.0: 'sleep' cannot stand in a callback.");

    private static void Refuses(string text, string message) =>
        Assert.That(() => Read(text), Throws.TypeOf<ProgramFormatException>().With.Message.EqualTo(message));

    private static IReadOnlyList<ConformanceProgram> Read(string text) => ProgramReader.Read(text, "file.jsonl", OpFamilies.All.Forms);
}
