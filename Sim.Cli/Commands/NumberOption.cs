using System.CommandLine;
using System.Globalization;

namespace Sim.Cli;

/// <summary>An option that takes a whole number in a range, and says so when it gets something else.</summary>
internal sealed class NumberOption : Option<long>
{
    public NumberOption(string name, long defaultValue, long least, long most, string description)
        : base(name)
    {
        HelpName = "N";
        Description = description;
        DefaultValueFactory = _ => defaultValue;
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                || value < least || value > most)
            {
                var hint = long.TryParse(text, CultureInfo.InvariantCulture, out var number)
                    ? $" The nearest is {Math.Clamp(number, least, most)}." : "";
                result.AddError($"{name} is '{text}', but must be a whole number from {least} to {most}.{hint}");
            }

            return value;
        };
    }

    /// <summary>So many runs at most: what is counted of them must stay in memory.</summary>
    public const int MostRuns = 10_000_000;

    /// <summary>How many schedules.</summary>
    public static NumberOption Runs() =>
        new("--runs", 1_000, 1, MostRuns, "How many schedules to try for each scenario at most; the first failure ends it.");

    /// <summary>On how many threads.</summary>
    public static NumberOption Workers() => new(
        "--workers", Environment.ProcessorCount, 1, 1_024,
        "On how many threads, each with its own copy of the target; by default on all cores. What is found does not depend on it.");

    public static NumberOption Seed(string description) => new("--seed", 0, 0, long.MaxValue - MostRuns, description);
}
