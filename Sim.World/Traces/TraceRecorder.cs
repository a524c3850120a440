using System.Text.RegularExpressions;
using Sim.Clock;
using Sim.Core;

namespace Sim.World;

/// <summary>Turns what a loop tells its observer into the events of a trace. Loop thread only.</summary>
/// <param name="chooser">Knows whether a step was out of turn.</param>
internal sealed partial class TraceRecorder(Chooser chooser) : ILoopObserver
{
    private readonly List<TraceEvent> _events = [];

    // Which step made a callback ready; looked up by sequence number, never iterated.
    private readonly Dictionary<long, long> _causes = [];
    private readonly HashSet<LoopContext> _begun = new(ReferenceEqualityComparer.Instance);
    private string _step = "runner";
    private bool _stopped;

    /// <summary>Who failed first, and where in the trace.</summary>
    public TraceEvent? FirstFailure { get; private set; }

    public Trace ToTrace() => new(_events);

    /// <summary>What follows is tidying up and not part of the story.</summary>
    public void Stop() => _stopped = true;

    public void AddFailure(EventLoop loop, string task, string text) =>
        _events.Add(new TraceEvent(loop.Time, loop.Step, task, TraceEventKind.Failure, OneLine(text), 0));

    public void OnEvent(in LoopEvent happened)
    {
        if (_stopped)
        {
            return;
        }

        switch (happened.Kind)
        {
            case LoopEventKind.Ready:
                _causes[happened.Sequence] = happened.Step;
                break;
            case LoopEventKind.Step:
                AddStep(in happened);
                break;
            case LoopEventKind.TaskCreated:
                Add(in happened, TraceEventKind.Create, $"creates task {happened.Text}");
                break;
            case LoopEventKind.TaskEnded:
                AddEnd(in happened);
                break;
            case LoopEventKind.CancelRequested:
                Add(in happened, TraceEventKind.Cancel, $"asks {happened.Text} to stop");
                break;
            case LoopEventKind.Wait:
                AddFor((LoopContext)happened.Subject!, in happened, TraceEventKind.Wait, happened.Text!);
                break;
            case LoopEventKind.Note:
                Add(in happened, TraceEventKind.Note, $"\"{OneLine(happened.Text!)}\"");
                break;
            case LoopEventKind.Draw:
                Add(in happened, TraceEventKind.Draw, $"draws {happened.Text}");
                break;
            case LoopEventKind.Error:
                var error = (LoopError)happened.Subject!;
                _events.Add(new TraceEvent(
                    happened.Time, happened.Step, error.Task, TraceEventKind.Error,
                    $"{error.Message}: {error.Exception.GetType().Name}: {OneLine(error.Exception.Message)}", 0));
                break;
        }
    }

    // A trace has a line for each event, where the message of a failed assertion has several; and it does not depend on the
    // build, where the line numbers in some of our messages do.
    private static string OneLine(string text)
    {
        // Most texts are plain: a run should not wait for what it does not need.
        if (text.Contains(".cs:", StringComparison.Ordinal))
        {
            text = Place().Replace(text, "");
        }

        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [GeneratedRegex(@" \([^()\s]+\.cs:\d+\)")]
    private static partial Regex Place();

    private void AddStep(in LoopEvent happened)
    {
        _causes.Remove(happened.Sequence, out var cause);
        var context = happened.Context;
        var (verb, origin) = context is not { IsTask: true } ? ("runs", "from") : _begun.Add(context) ? ("begins", "created in") : ("goes on", "woken in");
        if (verb == "goes on" && CodeNames.OfContinuation(happened.Subject) is { } method)
        {
            verb = $"goes on in {method}";
        }

        var because = cause == 0 ? "" : $" ({origin} step {cause})";
        var ahead = chooser.TakePassedOver() is { } passed ? $", ahead of {passed}" : "";
        var late = chooser.TakeCost() is { Ticks: > 0 } cost ? $", {Durations.Format(cost)} late" : "";
        _step = happened.Text!;
        _events.Add(new TraceEvent(happened.Time, happened.Step, _step, TraceEventKind.Step, $"{verb}{because}{ahead}{late}", cause));
    }

    private void AddEnd(in LoopEvent happened)
    {
        AddFor((LoopContext)happened.Subject!, in happened, TraceEventKind.End, $"ends: {OneLine(happened.Text!)}");
        if (FirstFailure is null && happened.Text!.StartsWith("failed", StringComparison.Ordinal))
        {
            FirstFailure = _events[^1];
        }
    }

    // A plain callback, or code behind ConfigureAwait(false), is called what its step is called.
    private void Add(in LoopEvent happened, TraceEventKind kind, string text)
    {
        var who = happened.Context is { IsTask: true } task ? task.Name : happened.Step == 0 ? "runner" : _step;
        _events.Add(new TraceEvent(happened.Time, happened.Step, who, kind, text, 0));
    }

    private void AddFor(LoopContext who, in LoopEvent happened, TraceEventKind kind, string text) =>
        _events.Add(new TraceEvent(happened.Time, happened.Step, who.Name, kind, text, 0));
}
