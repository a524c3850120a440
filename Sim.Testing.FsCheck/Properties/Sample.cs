using System.Collections.Immutable;
using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>
/// What FsCheck draws and shrinks: data together with a schedule. A drawn sample stands for some schedules by a seed; once one of
/// them has failed, what it shrinks to are that schedule's decisions.
/// </summary>
/// <param name="data">The data.</param>
/// <param name="seed">The seed of its schedules.</param>
internal sealed class Sample(object data, int seed)
{
    public object Data => data;

    public int Seed => seed;

    /// <summary>Which candidates were taken to come from the drawn data to these.</summary>
    public ImmutableList<int> Path { get; init; } = [];

    /// <summary>For a smaller sample: the larger one that failed.</summary>
    public Sample? Larger { get; init; }

    /// <summary>For one with a smaller schedule: that schedule.</summary>
    public IStrategy? Schedule { get; init; }

    /// <summary>The run of it that failed, once there is one.</summary>
    public RunReport? Failed { get; set; }

    /// <summary>Whether it is not to be shrunk.</summary>
    public bool IsSmallest { get; set; }

    /// <summary>How many smaller samples lie between the drawn one and this.</summary>
    public int Shrinks { get; init; }

    /// <summary>The smaller samples: with smaller data, then with a smaller schedule.</summary>
    public IEnumerable<Sample> Smaller(Func<object, IEnumerable<object>> shrink)
    {
        if (IsSmallest || Failed is null or { Failure.Kind: FailureKind.Nondeterministic or FailureKind.Escaped })
        {
            yield break;
        }

        var index = 0;
        foreach (var smaller in shrink(data))
        {
            yield return new Sample(smaller, seed) { Path = Path.Add(index++), Larger = this, Shrinks = Shrinks + 1 };
        }

        var script = Failed.Script;
        foreach (var schedule in ScheduleArbitraries.Shrink(new Schedule(script.ToValues())))
        {
            var strategy = new ListStrategy(schedule.Values, script.PricesWork);
            yield return new Sample(data, seed) { Path = Path, Larger = this, Schedule = strategy, Shrinks = Shrinks + 1 };
        }
    }
}
