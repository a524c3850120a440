using Microsoft.Extensions.Options;
using Sim.Clock;

namespace Sim.Hosting;

/// <summary>Refuses options that no loop could be made with, all at once and by name. Any thread.</summary>
internal sealed class EventLoopOptionsValidator : IValidateOptions<EventLoopOptions>
{
    public ValidateOptionsResult Validate(string? name, EventLoopOptions options)
    {
        List<string> objections = [];
        if (string.IsNullOrWhiteSpace(options.Name))
        {
            objections.Add($"{nameof(EventLoopOptions)}.{nameof(options.Name)} is empty: the loop needs a name for messages and metrics.");
        }

        if (options.SlowCallback <= TimeSpan.Zero)
        {
            objections.Add(
                $"{nameof(EventLoopOptions)}.{nameof(options.SlowCallback)} is {Durations.Format(options.SlowCallback)}: "
                + "it must be longer than nothing.");
        }

        if (options.Factory is null)
        {
            objections.Add($"{nameof(EventLoopOptions)}.{nameof(options.Factory)} is null: leave it as it is for a loop on real time.");
        }

        return objections.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(objections);
    }
}
