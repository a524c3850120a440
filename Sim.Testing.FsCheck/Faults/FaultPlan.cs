using System.Collections.Immutable;
using Sim.Core;
using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>
/// Which calls of a run are slow, fail or are lost: data that FsCheck draws and shrinks towards no fault. The code under test, or
/// the stub that it calls, asks the plan at each call. Immutable; the calls are counted anew in each run.
/// </summary>
/// <param name="faults">The faults.</param>
public sealed class FaultPlan(IEnumerable<Fault> faults)
{
    private readonly LoopLocal<Dictionary<string, int>> _counts = new(static _ => new Dictionary<string, int>(StringComparer.Ordinal));

    /// <summary>No faults.</summary>
    public static FaultPlan None { get; } = new([]);

    /// <summary>The faults.</summary>
    public ImmutableArray<Fault> Faults { get; } = [.. faults];

    /// <summary>
    /// A call is made: returns at once, or late, or throws, or does not come back, as planned; what befalls it is noted in the trace.
    /// Loop thread only.
    /// </summary>
    /// <param name="call">The name of the call, the same in every run.</param>
    /// <exception cref="PlannedFaultException">It fails as planned.</exception>
    public async Task AtAsync(string call)
    {
        ArgumentException.ThrowIfNullOrEmpty(call);
        var loop = Asyncio.GetRunningLoop();
        var (number, place) = (Count(loop, call), Count(loop, ""));
        var fault = Faults.FirstOrDefault(fault => (fault.Call ?? call) == call && fault.Number == (fault.Call is null ? place : number));
        if (fault is null)
        {
            return;
        }

        var what = (fault with { Call = call, Number = number }).ToString();
        loop.Note($"as planned, {what}");
        switch (fault.Kind)
        {
            case FaultKind.Slow:
                await Asyncio.SleepAsync(fault.Delay);
                return;
            case FaultKind.Fails:
                throw new PlannedFaultException($"As planned, {what}.");
            default:
                await loop.CreateFuture<ValueTuple>();
                return;
        }
    }

    /// <summary>The faults, or <c>none</c>.</summary>
    public override string ToString() => Faults.IsEmpty ? "none" : string.Join(", ", Faults);

    private int Count(EventLoop loop, string call)
    {
        var counts = _counts[loop];
        return counts[call] = counts.GetValueOrDefault(call) + 1;
    }
}
