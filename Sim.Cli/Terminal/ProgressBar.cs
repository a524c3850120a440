using Spectre.Console;

namespace Sim.Cli;

/// <summary>Progress as a bar on a terminal; it disappears when the work is done.</summary>
internal sealed class ProgressBar(IAnsiConsole terminal) : IProgressView
{
    public T Watch<T>(string what, int total, Func<Action<int>, T> work) =>
        terminal.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var bar = context.AddTask(Markup.Escape(what), maxValue: total);
                return work(done => bar.Value = done);
            });
}
