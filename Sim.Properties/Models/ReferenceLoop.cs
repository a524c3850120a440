namespace Sim.Properties;

/// <summary>
/// asyncio's loop in the shortest form that is still right: a list of what is ready and a list of timers (rules 1 to 12).
/// Slow and obvious, the measure of the real one. Time is in whole milliseconds.
/// </summary>
/// <param name="mistake">What it shall do wrong.</param>
internal sealed class ReferenceLoop(Mistake mistake)
{
    private readonly List<ReferenceCall> _ready = [];
    private readonly List<ReferenceCall> _timers = [];
    private long _sequence;

    public Mistake Mistake => mistake;

    public long Now { get; private set; }

    public long Iteration { get; private set; }

    public ReferenceCall CallSoon(Action callback) => Add(_ready, callback, Now);

    public ReferenceCall CallLater(long delay, Action callback) => Add(_timers, callback, Now + delay);

    public void RunUntil(Func<bool> hasEnded)
    {
        while (!hasEnded())
        {
            RunOnce();
        }
    }

    private void RunOnce()
    {
        Iteration++;
        _timers.RemoveAll(static timer => timer.IsCancelled);
        if (_ready.Count == 0)
        {
            Now = Math.Max(Now, _timers.Min(static timer => timer.When));
        }

        var due = _timers.Where(timer => timer.When <= Now).OrderBy(static timer => timer.When)
            .ThenBy(timer => mistake == Mistake.TiesLastFirst ? -timer.Sequence : timer.Sequence).ToList();
        due.ForEach(timer => timer.IsFixed = mistake == Mistake.DueTimersCannotBeCancelled);
        _timers.RemoveAll(due.Contains);
        _ready.InsertRange(mistake == Mistake.TimersFirst ? 0 : _ready.Count, due);
        for (var left = _ready.Count; mistake == Mistake.BatchGrows ? _ready.Count > 0 : left > 0; left--)
        {
            var index = mistake == Mistake.ReadyLastFirst ? left - 1 : 0;
            var call = _ready[index];
            _ready.RemoveAt(index);
            call.Run();
        }
    }

    private ReferenceCall Add(List<ReferenceCall> list, Action callback, long when)
    {
        var call = new ReferenceCall(callback, when, _sequence++);
        list.Add(call);
        return call;
    }
}
