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

    private readonly WordOption<Reduction> _reduction = new(
        "--reduction",
        "With --exhaustive: which schedules are left out: none; declared (steps that declare to share nothing are not made in another "
        + "order); cautious (as declared, but a step that declares nothing could share anything). Default: cautious.",
        [("none", Reduction.None), ("declared", Reduction.Declared), ("cautious", Reduction.Cautious)]);

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
                if (SharedOptions.IsGiven(result, _preemptions) && SharedOptions.IsGiven(result, _reduction)
                    && result.GetValue(_reduction) != Reduction.None)
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

        int? preemptions = SharedOptions.IsGiven(parsed.CommandResult, _preemptions) ? (int)parsed.GetValue(_preemptions) : null;
        return new ExhaustiveOptions
        {
            Preemptions = preemptions,
            Reduction = preemptions is not null ? Reduction.None
                : SharedOptions.IsGiven(parsed.CommandResult, _reduction) ? parsed.GetValue(_reduction)
                : Reduction.Cautious,
        };
    }

    private static void Refuse(CommandResult result, Option[] options, string why)
    {
        if (options.FirstOrDefault(option => SharedOptions.IsGiven(result, option)) is { } given)
        {
            result.AddError($"{given.Name} {why}.");
        }
    }
}
