using System.Globalization;

namespace Sim.World;

/// <summary>The first difference of two recorded runs: in what was possible, in what was chosen, or in what happened.</summary>
internal static class RunDifference
{
    private const string Causes =
        "Something outside the simulation changed the run just before. Usual causes: Guid.NewGuid, Random.Shared, a real clock or "
        + "delay, another thread, a static that the last run left behind. Draw random numbers from Simulation.Current.Random, and "
        + "take time from the loop's TimeProvider.";

    /// <summary>The failure that tells it; null when the runs are equal.</summary>
    public static Failure? Between(RunReport original, RunReport repeated)
    {
        var place = original.StepLog!.FirstDifference(repeated.StepLog!);
        var index = original.Trace.FirstDifference(repeated.Trace);
        var happened = index is { } at ? StepOf(original.Trace, repeated.Trace, at) : long.MaxValue;
        return place is { } differs && original.StepLog.StepAt(differs) <= happened
            ? InASchedule(original, repeated, differs)
            : index is { } first ? InAnEvent(original.Trace, repeated.Trace, first) : null;
    }

    /// <summary>The failure that tells how two runs ended differently.</summary>
    public static Failure InOutcome(RunReport original, RunReport repeated)
    {
        var failure = original.Failure!;
        var second = repeated.Failure is { } other ? $"failed at {other.Time}: {other.Message}" : "held";
        return Fail(
            ":", $"failed at {failure.Time}: {failure.Message}", second,
            failure.IsSameAs(repeated.Failure) ? "They fail alike, but not after the same decisions.\n" : "",
            failure.Time, failure.Task);
    }

    private static Failure InASchedule(RunReport original, RunReport repeated, int place)
    {
        var step = original.StepLog!.StepAt(place);
        var (what, first, second) = StepLog.Tell(original.StepLog, repeated.StepLog!, place);
        var events = original.Trace.Events;
        var before = -1;
        while (before + 1 < events.Count && events[before + 1].Step < step)
        {
            before++;
        }

        var last = before < 0 ? default : events[before];
        var next = before + 1 < events.Count && events[before + 1].Step == step ? events[before + 1] : last;
        return Fail(
            string.Create(CultureInfo.InvariantCulture, $". They differ for the first time at step {step}, at {next.Time}, {what}:"),
            first, second, After(before < 0 ? null : last), next.Time, next.Task ?? "main");
    }

    private static Failure InAnEvent(Trace original, Trace repeated, int index)
    {
        var where = index < original.Events.Count ? original.Events[index] : original.Events.Count > 0 ? original.Events[^1] : default;
        return Fail(
            $". They differ for the first time at event {index + 1}:", At(original, index), At(repeated, index),
            After(index > 0 ? original.Events[index - 1] : null), where.Time, where.Task ?? "main");
    }

    private static Failure Fail(string where, string first, string second, string more, Clock.Instant time, string task) => new(
        FailureKind.Nondeterministic,
        new NondeterminismException(
            $"The same decisions gave two different runs{where}\n    one run:     {first}\n    the other:   {second}\n{more}{Causes}"),
        time,
        task);

    private static string After(TraceEvent? before) =>
        $"    both after:  {(before is { } happened ? Trace.Describe(happened) : "the start of the run")}\n";

    private static long StepOf(Trace original, Trace repeated, int index) => Math.Min(
        index < original.Events.Count ? original.Events[index].Step : long.MaxValue,
        index < repeated.Events.Count ? repeated.Events[index].Step : long.MaxValue);

    private static string At(Trace trace, int index) =>
        index < trace.Events.Count ? Trace.Describe(trace.Events[index]) : $"(ended after {trace.Events.Count} events)";
}
