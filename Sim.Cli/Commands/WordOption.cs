using System.CommandLine;
using Sim.Testing;

namespace Sim.Cli;

/// <summary>An option that takes one of some words, each of which stands for a value; another is answered by the nearest.</summary>
internal sealed class WordOption<T> : Option<T>, IWordOption
{
    /// <summary>An option without a default.</summary>
    public WordOption(string name, string description, IReadOnlyList<(string Word, T Value)> words)
        : base(name)
    {
        Words = [.. words.Select(static known => known.Word)];
        HelpName = string.Join('|', Words);
        Description = description;
        CompletionSources.Add([.. Words]);
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            foreach (var (word, value) in words)
            {
                if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                {
                    return value;
                }
            }

            result.AddError($"{name} cannot be '{text}'. {NearestWord.Hint(text, Words)}");
            return default;
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Words { get; }
}
