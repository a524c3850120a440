using FsCheck;
using FsCheck.Fluent;
using Sim.Testing;
using Sim.World;

namespace Sim.Properties;

/// <summary>The text forms of runs: what is printed is read back, whatever the labels and names.</summary>
[Properties(MaxTest = 1_000, QuietOnSuccess = true)]
public class DecisionScriptLaws
{
    private const string Odd = "äöü€漢字😀 ~.,:@%!'\"\\/$`&|;()<>*?#-_\t\n\0=+[]{}^";

    [Property]
    public Property Script_IsReadBackAsPrinted_InCharactersThatNoShellChanges() => Prop.ForAll(Scripts(), static script =>
    {
        var text = script.ToString();
        return DecisionScript.Parse(text).Equals(script) && text.All(static c => char.IsAsciiLetterOrDigit(c) || "-_.,%".Contains(c, StringComparison.Ordinal));
    });

    [Property]
    public Property ReplayLine_IsReadBackAsPrinted_InCharactersThatNoShellChanges() => Prop.ForAll(
        Scripts(), OddTexts().ToArbitrary(), Gen.Elements("0123456789abcdef".ToCharArray()).ArrayOf(16).ToArbitrary(), static (script, name, hash) =>
        {
            var line = new ReplayLine("a" + name, script, new string(hash[..8]), new string(hash));
            var text = line.ToString();
            return ReplayLine.Parse(text).Equals(line) && ReplayLine.Parse($"  {text}\n").Equals(line)
                && text.All(static c => char.IsAsciiLetterOrDigit(c) || "-_.,%:@".Contains(c, StringComparison.Ordinal));
        });

    [Property]
    public Property CutReplayLine_IsRefusedWithOneLine() => Prop.ForAll(Scripts(), Gen.Choose(1, 200).ToArbitrary(), static (script, cut) =>
    {
        var text = new ReplayLine("scenario", script, "held", "0123456789abcdef").ToString();
        try
        {
            ReplayLine.Parse(text[..^Math.Min(cut, text.Length)]);
            return false;
        }
        catch (ScenarioException refused)
        {
            return !refused.Message.Contains('\n', StringComparison.Ordinal);
        }
    });

    [Property]
    public Property ScriptOfDecisions_HasThoseThatDeviate() => Prop.ForAll(
        (from value in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 5))) from key in Keys() select new Decision(key.Kind, 6, value, key, 1))
        .ListOf().ToArbitrary(),
        static decisions =>
        {
            // Without a cost nobody need ask for costs, and then they have no places.
            var isPriced = decisions.Any(static decision => decision is { Kind: DecisionKind.Cost, Value: > 0 });
            var asked = decisions.Where(decision => isPriced || decision.Kind != DecisionKind.Cost).Index();
            return DecisionScript.Of([.. decisions]).Deviations.SequenceEqual(
                asked.Where(static d => d.Item.Value != 0).Select(static d => new Deviation(d.Index, d.Item.Value, d.Item.Key)));
        });

    private static Gen<DecisionKey> Keys()
    {
        var steps = from name in OddTexts() from number in Gen.Choose(1, 10_000) select new StepKey(name, number);
        return from step in steps
               from turn in steps
               from label in OddTexts()
               from key in Gen.Elements(
                   new DecisionKey(DecisionKind.Order, step, turn, ""),
                   new DecisionKey(DecisionKind.Draw, step, default, label),
                   new DecisionKey(DecisionKind.Time, step, default, ""),
                   new DecisionKey(DecisionKind.Cost, step, default, ""))
               select key;
    }

    private static Gen<string> OddTexts() =>
        Gen.Elements(Odd.EnumerateRunes().Select(static rune => rune.ToString()).Concat(["a", "B", "0", "Withdraw"]).ToArray())
            .ListOf().Select(static parts => string.Concat(parts));

    private static Arbitrary<DecisionScript> Scripts()
    {
        var step = from gap in Gen.Choose(1, 1000) from value in Gen.Choose(1, int.MaxValue) from key in Keys() select (gap, value, key);
        var scripts = step.ListOf().Select(static steps =>
        {
            var index = -1;
            return new DecisionScript(steps.Select(next => new Deviation(index += next.gap, next.value, next.key)).ToList());
        });
        return Arb.From(scripts, static script => Enumerable.Range(0, script.Count).Select(i => new DecisionScript(script.Deviations.RemoveAt(i))));
    }
}
