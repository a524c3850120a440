using System.Globalization;
using Sim.Clock;
using Sim.Core;

namespace Sim.Conformance;

/// <summary>
/// One run of a program on a loop of Sim.Core, by its public members only; what happens becomes lines of a trace. It
/// follows the oracle line by line: where the two differ, the loop differs from asyncio.
/// </summary>
internal sealed partial class Machine : IDisposable
{
    private const long TicksInMicrosecond = 10;

    private readonly VirtualClock _clock = new();
    private readonly PulsePoller _poller;
    private readonly OpCatalog _catalog;
    private readonly List<string> _lines = [];
    private readonly Dictionary<int, Action<Future>> _doneCallbacks = [];
    private readonly Dictionary<long, PulseHandle> _handles = [];
    private bool _dead;

    public Machine(ConformanceProgram program, OpCatalog catalog)
    {
        Program = program;
        _catalog = catalog;
        _poller = new PulsePoller(_clock);
        Loop = new EventLoop(_clock, _poller, new LoopOptions { Log = static _ => { } }) { ExceptionHandler = OnError };
        Objects = new SyncObjects(program.Objects);
    }

    public ConformanceProgram Program { get; }

    public EventLoop Loop { get; }

    public FutureTable Futures { get; } = new();

    public SyncObjects Objects { get; }

    /// <summary>Registers of handles.</summary>
    public Dictionary<string, ScheduledCall> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>Registers of timeouts.</summary>
    public Dictionary<string, TimeoutScope> Timeouts { get; } = new(StringComparer.Ordinal);

    /// <summary>Registers of task groups.</summary>
    public Dictionary<string, TaskGroup> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Microseconds as a length.</summary>
    public static TimeSpan Length(long microseconds) => TimeSpan.FromTicks(microseconds * TicksInMicrosecond);

    /// <summary>Microseconds from now as an instant. Earlier than now for a negative number.</summary>
    public Instant FromNow(long microseconds) => Loop.Time + Length(microseconds);

    /// <summary>An instant as the trace writes it.</summary>
    public static long Microseconds(Instant when) => when.Ticks / TicksInMicrosecond;

    public static Instant At(long microseconds) => new(microseconds * TicksInMicrosecond);

    public PulseHandle Handle(long number) =>
        _handles.TryGetValue(number, out var known) ? known : _handles[number] = new PulseHandle(number);

    public void Fire(long handle, PollInterest ready, Instant at) => _poller.Fire(Handle(handle), ready, at);

    /// <summary>Writes a line, as long as the program lives.</summary>
    public void Out(string who, string where, string text)
    {
        if (!_dead)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"t{Microseconds(Loop.Time)} i{_poller.Iterations} {who} {where} {text}"));
        }
    }

    /// <summary>Closes the loop. What is still suspended never goes on.</summary>
    public void Dispose()
    {
        _dead = true;
        Loop.ExceptionHandler = static _ => { };
        Loop.Dispose();
    }

    private void OnError(LoopError error)
    {
        var kind = error.Message.StartsWith("Exception in a callback", StringComparison.Ordinal) ? "callback"
            : error.Message.Contains("shielded", StringComparison.Ordinal) ? "shielded"
            : error.Message.Contains("never retrieved", StringComparison.Ordinal) ? "unretrieved"
            : "other";
        Out("loop", "handler", $"{kind} {TraceText.Error(error.Exception)}");
    }
}
