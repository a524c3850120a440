using System.Diagnostics.Metrics;

namespace Sim.Core;

/// <summary>
/// What a loop tells .NET's metrics, under the meter <c>Sim.Core</c>: with a tag for the loop's name, and at no cost but a look
/// at a field in each iteration as long as nobody listens. The loop's thread; whoever listens is called on it.
/// </summary>
internal sealed class LoopMeter(string loop)
{
    private static readonly Meter _meter = new("Sim.Core", typeof(LoopMeter).Assembly.GetName().Version?.ToString(3));

    private static readonly Counter<long> _iterations =
        _meter.CreateCounter<long>("sim.loop.iterations", "{iteration}", "Iterations of the loop.");

    private static readonly Counter<long> _callbacks =
        _meter.CreateCounter<long>("sim.loop.callbacks", "{callback}", "Callbacks and task steps that the loop has run.");

    private static readonly Histogram<long> _ready =
        _meter.CreateHistogram<long>("sim.loop.ready", "{callback}", "How many callbacks were ready at once, in each iteration.");

    private static readonly Histogram<long> _lag =
        _meter.CreateHistogram<long>("sim.loop.lag", "us", "How late timers were taken, in microseconds: what runs holds up what is due.");

    private static readonly Histogram<long> _batch =
        _meter.CreateHistogram<long>("sim.loop.batch", "us",
            "How long the callbacks of an iteration took, in microseconds: so long waits what becomes ready meanwhile.");

    private static readonly Counter<long> _slow =
        _meter.CreateCounter<long>("sim.loop.slow_callbacks", "{callback}", "Callbacks that took longer than LoopOptions.SlowCallback.");

    private readonly KeyValuePair<string, object?> _tag = new("sim.loop.name", loop);
    private long _told;

    /// <summary>An iteration is about to run what is ready.</summary>
    /// <returns>Whether somebody wants to know how long the callbacks take.</returns>
    public bool OnIteration(long step, int ready)
    {
        if (_iterations.Enabled)
        {
            _iterations.Add(1, _tag);
        }

        if (_callbacks.Enabled && step > _told)
        {
            _callbacks.Add(step - _told, _tag);
        }

        if (_ready.Enabled)
        {
            _ready.Record(ready, _tag);
        }

        _told = step;
        return _slow.Enabled;
    }

    /// <summary>Whether somebody wants to know how long the callbacks of an iteration take.</summary>
    public static bool TimesBatches => _batch.Enabled;

    /// <summary>The callbacks of an iteration have run.</summary>
    public void OnBatch(TimeSpan taken)
    {
        if (_batch.Enabled)
        {
            _batch.Record(taken.Ticks / TimeSpan.TicksPerMicrosecond, _tag);
        }
    }

    /// <summary>A timer was taken, so long after it was due.</summary>
    public void OnTimer(TimeSpan late)
    {
        if (_lag.Enabled)
        {
            _lag.Record(late.Ticks / TimeSpan.TicksPerMicrosecond, _tag);
        }
    }

    /// <summary>A callback took too long.</summary>
    public void OnSlowCallback() => _slow.Add(1, _tag);
}
