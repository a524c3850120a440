using System.CommandLine;
using System.CommandLine.Parsing;
using Sim.World;

namespace Sim.Cli;

/// <summary>The options of an exhaustive search, and what they come to.</summary>
internal sealed class ExhaustiveSwitches
{
    private readonly Option<bool> _exhaustive = new("--exhaustive")
    {
        Description = "Make every schedule, or one of each happens-before class, up to --runs, instead of those that seeds stand for.",
    };

    private readonly NumberOption _preemptions = new(
        "--preemptions", 0, 0, 1_000, "With --exhaustive: only schedules of at most so many preemptions at announced operations.")
    {
        DefaultValueFactory = null,
    };

    private readonly Option<Reduction> _reduction = new("--reduction")
    {
        HelpName = "HOW",
        Description = "With --exhaustive: which schedules are left out: none; declared (steps that declare to share nothing are not made "
            + "in another order); cautious (as declared, but a step that declares nothing could share anything). Default: cautious.",
        CustomParser = static result =>
        {
            var text = result.Tokens[0].Value;
            foreach (var known in Enum.GetValues<Reduction>())
            {
                if (known.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
                {
                    return known;
                }
            }

            result.AddError($"--reduction is '{text}', but must be none, declared or cautious.");
            return default;
        },
    };

    /// <summary>Adds the options to a command, in which the others mean nothing where a search is exhaustive.</summary>
    public void AddTo(Command command, params Option[] others)
    {
        command.Options.Add(_exhaustive);
        command.Options.Add(_preemptions);
        command.Options.Add(_reduction);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(_exhaustive))
            {
                Refuse(result, [_preemptions, _reduction], "means something with --exhaustive only");
            }
            else
            {
                Refuse(result, others, "means nothing with --exhaustive, which makes all schedules");
                if (IsGiven(result, _preemptions) && IsGiven(result, _reduction) && result.GetValue(_reduction) != Reduction.None)
                {
                    result.AddError("--preemptions and --reduction together would miss schedules: one that is left out may be the only one of its "
                        + "kind within the bound. Leave one of them away.");
                }
            }
        });
    }

    /// <summary>What was asked for; null for a search by seeds.</summary>
    public ExhaustiveOptions? Read(ParseResult parsed)
    {
        if (!parsed.GetValue(_exhaustive))
        {
            return null;
        }

        int? preemptions = IsGiven(parsed.CommandResult, _preemptions) ? (int)parsed.GetValue(_preemptions) : null;
        return new ExhaustiveOptions
        {
            Preemptions = preemptions,
            Reduction = preemptions is not null ? Reduction.None
                : IsGiven(parsed.CommandResult, _reduction) ? parsed.GetValue(_reduction)
                : Reduction.Cautious,
        };
    }

    private static void Refuse(CommandResult result, Option[] options, string why)
    {
        if (options.FirstOrDefault(option => IsGiven(result, option)) is { } given)
        {
            result.AddError($"{given.Name} {why}.");
        }
    }

    private static bool IsGiven(SymbolResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
