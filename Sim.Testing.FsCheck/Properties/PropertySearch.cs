using FsCheck;
using FsCheck.Fluent;
using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>
/// Checks a property: FsCheck draws samples, each is run under some schedules, and what fails is shrunk by FsCheck, data and
/// schedule together. Used once.
/// </summary>
internal sealed class PropertySearch(Subject subject, PropertyOptions options)
{
    /// <summary>So many schedules are searched for one under which smaller data fail too.</summary>
    private const int SchedulesWhileShrinking = 24;

    /// <summary>Endless runs make shrinking long: this many steps take some seconds.</summary>
    private const long ShrinkSteps = 10_000_000;

    private int _samples;
    private int _again;
    private int _runs;
    private long _shrinkSteps;
    private Failure? _failure;

    /// <exception cref="ScenarioException">An option makes no sense.</exception>
    public PropertyReport Run()
    {
        options.Validate();
        using var watch = new LostErrorWatch();
        var origin = options.Replay is { } replay ? FsCheckReplay.Parse(replay) : FsCheckReplay.New();
        var config = origin.On(Config.QuickThrowOnFailure.WithMaxTest(options.MaxTest).WithEndSize(options.EndSize));
        var result = ResultCatcher.Check(config, Prop.ForAll(Samples(), sample => Judge(sample, watch)));
        if (result is TestResult.Passed && watch.Find() is { } lost)
        {
            result = ResultCatcher.Check(config, Prop.ForAll(Samples(), sample => IsBefore(sample, lost)));
        }

        var report = new PropertyReport(subject.Name, _samples, _runs, null) { MustFail = options.MustFail };
        return result switch
        {
            TestResult.Failed failed => report with { Failure = Tell(failed) },
            TestResult.Exhausted => report with { IsExhausted = true },
            _ => report,
        };
    }

    /// <summary>The scenario that a sample stands for, made again from its key.</summary>
    /// <exception cref="ScenarioException">The data cannot be made again: the generators have changed.</exception>
    public Scenario Find(SampleKey key)
    {
        Sample? found = null;
        var config = key.Origin.On(Config.QuickThrowOnFailure.WithMaxTest(1));
        ResultCatcher.Check(config, Prop.ForAll(Samples(), sample =>
        {
            found ??= sample;
            return true;
        }));
        var data = found!.Data;
        foreach (var step in key.Path)
        {
            data = subject.Shrink(data).ElementAtOrDefault(step) ?? throw new ScenarioException(
                $"The data of {subject.Name} cannot be made again: its generators or shrinkers are not those of the recording. "
                + "Run the test without SIM_REPLAY.");
        }

        return ScenarioOf(data, key) with { Data = $"The data:\n{Indented(subject.Describe(data))}" };
    }

    private Arbitrary<Sample> Samples() => Arb.From(
        from data in subject.Data from seed in Gen.Choose(1, int.MaxValue - 1_000) select new Sample(data, seed),
        sample => sample.Smaller(subject.Shrink));

    private Property Judge(Sample sample, LostErrorWatch watch)
    {
        if (sample.Larger is null)
        {
            _samples++;
        }
        else if (_shrinkSteps > ShrinkSteps)
        {
            return true.ToProperty();
        }

        var runs = sample.Larger is { } larger ? SchedulesOf(sample, larger) : SchedulesOf(sample, options.Schedules);
        foreach (var strategy in runs)
        {
            watch.Begin(_runs);
            var run = ScenarioOf(sample.Data).Run(strategy, patient: false, records: false);
            (_runs, _shrinkSteps) = sample.Larger is null ? (_runs + 1, _shrinkSteps) : (_runs, _shrinkSteps + run.Steps);
            if (run.Failure is { Exception: var error } failure)
            {
                if (Discards.Is(error))
                {
                    _samples -= sample.Larger is null ? 1 : 0;
                    return true.When(false);
                }

                if (_failure is null || IsAlike(failure, _failure))
                {
                    _failure ??= failure;
                    sample.Failed = MakeAgain(sample, run);
                    return false.ToProperty();
                }
            }
        }

        return _samples > 1 || sample.Larger is not null || IsRepeatable(sample) ? true.ToProperty() : false.ToProperty();
    }

    // The harness doubts itself: the first sample holds twice in the same way, or something outside of the simulation takes part.
    private bool IsRepeatable(Sample sample)
    {
        var scenario = ScenarioOf(sample.Data);
        var told = scenario.Run(new FifoStrategy(), patient: false);
        if (DeterminismCheck.Run(told, strategy => scenario.Run(strategy, patient: false), 1) is not { } difference)
        {
            return true;
        }

        sample.Failed = told with { Failure = difference };
        return false;
    }

    // The same runs are made again, up to the one that has lost an error. That showed only when all were done.
    private Property IsBefore(Sample sample, LostError lost)
    {
        foreach (var strategy in SchedulesOf(sample, options.Schedules))
        {
            var run = ScenarioOf(sample.Data).Run(strategy, patient: false, records: false);
            if (_again++ == lost.Run)
            {
                sample.IsSmallest = true;
                _runs = _again;
                sample.Failed = ScenarioOf(sample.Data).Run(run.ToStrategy(), patient: false) with
                {
                    Strategy = run.Strategy, Failure = lost.ToFailure(),
                };
                return false.ToProperty();
            }

            if (!run.Passed)
            {
                break;
            }
        }

        return true.ToProperty();
    }

    // With a record. What is not the same again is not a function of data and schedule, and is neither shrunk nor replayed.
    private RunReport MakeAgain(Sample sample, RunReport run)
    {
        var scenario = ScenarioOf(sample.Data);
        var told = scenario.Run(run.ToStrategy(), patient: false) with { Strategy = run.Strategy };
        var other = DeterminismCheck.CompareOutcomes(run, told)
            ?? (sample.Larger is null ? DeterminismCheck.Run(told, strategy => scenario.Run(strategy, patient: false), 1) : null);
        return other is null ? told : told with { Failure = other };
    }

    // With other data the message may be another; another kind of failure would be another bug.
    private static bool IsAlike(Failure failure, Failure first) =>
        failure.Kind == first.Kind && failure.Exception.GetType() == first.Exception.GetType();

    private IEnumerable<IStrategy> SchedulesOf(Sample sample, int count)
    {
        var fifo = new ProfilingStrategy();
        yield return fifo;
        if (count > 1)
        {
            var profile = fifo.ToProfile();
            for (var i = 1; i < count; i++)
            {
                yield return options.Strategy.Create(sample.Seed + i, profile);
            }
        }
    }

    // Smaller data most likely fail by the same decisions; if not, perhaps by others.
    private IEnumerable<IStrategy> SchedulesOf(Sample sample, Sample larger)
    {
        if (sample.Schedule is { } schedule)
        {
            return [schedule];
        }

        var script = larger.Failed!.Script;
        IStrategy[] same = [new ReplayStrategy(script), ListStrategy.Of(script)];
        return larger.Schedule is null ? same.Concat(SchedulesOf(sample, SchedulesWhileShrinking)) : same;
    }

    private Scenario ScenarioOf(object data, SampleKey? key = null) => new(
        key?.NameOf(subject.Name) ?? subject.Name, () => subject.Body(data))
    {
        Title = subject.Name,
        TestFilter = subject.TestFilter,
        IsListed = false,
        IsPinnable = false,
        MustFail = options.MustFail,
        Options = options.Simulation,
        OtherWays = key is null ? "" : $"FsCheck draws the data again, before shrinking, by\n  [SimProperty(Replay = \"{key.Origin}\")]\n",
    };

    private CampaignReport Tell(TestResult.Failed failed)
    {
        var (drawn, shrunk) = ((Sample)failed.Item2[0], (Sample)failed.Item3[0]);
        var key = new SampleKey(new FsCheckReplay(failed.Item6.Seed, failed.Item6.Gamma, failed.Item7), shrunk.Path);
        var scenario = ScenarioOf(shrunk.Data, key) with { Data = Describe(drawn, shrunk) };
        var found = shrunk.Failed!;
        var report = new CampaignReport(scenario, _runs, _runs, found.VirtualTime, found, drawn.Seed, found, 0);
        if (shrunk.IsSmallest || found.Failure!.Kind is FailureKind.Nondeterministic or FailureKind.Escaped)
        {
            return report;
        }

        // What FsCheck has left of the schedule is looked at once more, by steps and not by places.
        var shrinker = new Shrinker((strategy, records) => scenario.Run(strategy, patient: false, records));
        var smallest = shrinker.Shrink(found);
        return report with
        {
            Found = drawn.Failed,
            Shrunk = smallest,
            ShrinkRuns = shrinker.Runs,
            ShrunkIsMinimal = shrinker.IsMinimal,
            Explanation = scenario.Explain(smallest),
        };
    }

    private string Describe(Sample drawn, Sample shrunk)
    {
        var (before, after) = (subject.Describe(drawn.Data), subject.Describe(shrunk.Data));
        var text = $"The data:\n{Indented(after)}";
        var from = before == after ? "" : $"\nshrunk from:\n{Indented(before)}";
        return $"{text}{from}{(_shrinkSteps > ShrinkSteps ? "\nThey may not be the smallest: shrinking did not get to its end." : "")}";
    }

    private static string Indented(string lines) => "  " + lines.Replace("\n", "\n  ", StringComparison.Ordinal);
}
