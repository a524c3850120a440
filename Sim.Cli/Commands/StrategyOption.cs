using System.CommandLine;
using Sim.Testing;
using Sim.World;

namespace Sim.Cli;

/// <summary>Which strategy the seeds stand for.</summary>
internal sealed class StrategyOption : Option<IStrategyFamily?>, IWordOption
{
    public StrategyOption()
        : base("--strategy")
    {
        HelpName = "NAME";
        Description = $"Who decides for seeds other than 0: {StrategyFamilies.Names}; portfolio by default.";
        CompletionSources.Add([.. Words.Where(static word => !word.Contains(':', StringComparison.Ordinal))]);
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            try
            {
                return StrategyFamilies.Parse(text);
            }
            catch (FormatException)
            {
                result.AddError($"--strategy: '{text}' is not a strategy. {NearestWord.Hint(text, Words)}");
                return null;
            }
        };
    }

    /// <summary>What was asked for, or the portfolio.</summary>
    public IStrategyFamily Read(ParseResult parsed) => parsed.GetValue(this) ?? StrategyFamilies.Portfolio;

    /// <inheritdoc/>
    public IReadOnlyList<string> Words { get; } = StrategyFamilies.Names.Split(", ");
}
