namespace Sim.World;

/// <summary>Runs a scenario under all of its schedules, or under one of each kind. Start here.</summary>
public static class ExhaustiveSearch
{
    /// <summary>Searches the schedules of <paramref name="body"/>.</summary>
    /// <param name="body">The scenario. It must do the same under the same decisions.</param>
    /// <param name="options">What is searched, and how far.</param>
    /// <param name="runs">How the runs are made; their strategy is the search's, and only the first failure is recorded.</param>
    /// <param name="cancellationToken">Ends the search after the current run.</param>
    /// <returns>
    /// What was counted and found. If a run does not do the same under the same decisions, that is the first failure, of kind
    /// <see cref="FailureKind.Nondeterministic"/>, and ends the search.
    /// </returns>
    /// <exception cref="ArgumentException">A bound on preemptions, or passing time, together with a reduction.</exception>
    public static ExhaustiveReport Run(
        Func<Task> body, ExhaustiveOptions? options = null, SimulationOptions? runs = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        var shape = runs ?? new SimulationOptions();
        return Run(
            (strategy, records) => Simulation.Run(body, shape with
            {
                Strategy = strategy,
                Records = records,
                WatchThreadPool = records && shape.WatchThreadPool,
                Patience = records ? shape.Patience : TimeSpan.Zero,
            }),
            options ?? new ExhaustiveOptions(),
            cancellationToken);
    }

    /// <summary>Searches with runs that somebody else makes.</summary>
    /// <param name="run">Makes a run with the given strategy, recorded or not.</param>
    /// <param name="options">What is searched, and how far.</param>
    /// <param name="cancellationToken">Ends the search after the current run.</param>
    /// <exception cref="ArgumentException">A bound on preemptions, or passing time, together with a reduction.</exception>
    public static ExhaustiveReport Run(
        Func<IStrategy, bool, RunReport> run, ExhaustiveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(options);
        if (options is { Preemptions: not null, Reduction: not Reduction.None })
        {
            throw new ArgumentException(
                $"A bound of {options.Preemptions} preemptions with a reduction would miss schedules: a schedule that is left out "
                + "may be the only one of its kind within the bound. Set Reduction to None.",
                nameof(options));
        }

        if (options is { TimeMayPass: true, Reduction: not Reduction.None })
        {
            throw new ArgumentException(
                "Whether time passes before a step is not decided by the order of steps, by which a reduction goes. Set Reduction to None.",
                nameof(options));
        }

        var strategy = new ExhaustiveStrategy(options);
        var (made, steps, failures) = (0L, 0L, 0L);
        RunReport? first = null;
        string? position = null;
        while (strategy.MoveNext())
        {
            if (made == options.RunLimit || steps >= options.StepBudget || cancellationToken.IsCancellationRequested
                || (first is not null && options.StopsAtFailure))
            {
                position = strategy.Position;
                break;
            }

            var unreduced = strategy.Unreduced;
            var report = run(strategy, false);
            made++;
            steps += report.Steps;
            if (strategy.Mismatch is { } mismatch)
            {
                failures++;
                var (time, task) = report.Failure is { } failure ? (failure.Time, failure.Task) : (default, "main");
                first = report with { Failure = new Failure(FailureKind.Nondeterministic, mismatch, time, task) };
                break;
            }

            if (unreduced != strategy.Unreduced)
            {
                // It begins anew, and comes back to this run.
                (failures, first) = (0, null);
            }
            else if (!report.Passed && !strategy.LastAbandoned)
            {
                failures++;
                first ??= Record(run, report);
            }
        }

        return new ExhaustiveReport(
            strategy.IsComplete, strategy.Executions, strategy.Abandoned, strategy.Interleavings, strategy.OperationOrders,
            strategy.Classes, steps, failures, first, strategy.Unreduced, position);
    }

    // The same once more, to be told. If it passes now, something outside takes part, and the bare failure is the one to tell.
    private static RunReport Record(Func<IStrategy, bool, RunReport> run, RunReport failed)
    {
        var recorded = run(failed.ToStrategy(), true);
        return recorded.Passed ? failed : recorded with { Strategy = failed.Strategy };
    }
}
