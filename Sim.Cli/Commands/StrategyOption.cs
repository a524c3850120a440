using System.CommandLine;
using Sim.Testing;
using Sim.World;

namespace Sim.Cli;

/// <summary>Which strategy the seeds stand for.</summary>
internal sealed class StrategyOption : Option<IStrategyFamily>, IWordOption
{
    public StrategyOption()
        : base("--strategy")
    {
        HelpName = "NAME";
        Description = $"Who decides for seeds other than 0: {StrategyFamilies.Names}.";
        DefaultValueFactory = static _ => StrategyFamilies.Portfolio;
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
                return StrategyFamilies.Portfolio;
            }
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Words { get; } = StrategyFamilies.Names.Split(", ");
}
