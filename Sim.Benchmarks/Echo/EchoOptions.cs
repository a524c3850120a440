using System.Globalization;

namespace Sim.Benchmarks;

/// <summary>What to measure.</summary>
/// <param name="Rounds">How often each server has its turn.</param>
/// <param name="Turn">How long a turn is.</param>
/// <param name="Only">The servers; null = all.</param>
/// <param name="Scenarios">The numbers of connections.</param>
internal sealed record EchoOptions(int Rounds, TimeSpan Turn, IReadOnlyList<string>? Only, IReadOnlyList<EchoScenario> Scenarios)
{
    /// <summary>Null: not understood.</summary>
    public static EchoOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new EchoOptions(25, TimeSpan.FromSeconds(0.1), null, EchoScenario.All);
        static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);
        static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
        for (var i = 0; i + 1 < arguments.Count; i += 2)
        {
            try
            {
                options = arguments[i] switch
                {
                    "--rounds" => options with { Rounds = Whole(arguments[i + 1]) },
                    "--seconds" => options with { Turn = Seconds(arguments[i + 1]) },
                    "--only" => options with { Only = arguments[i + 1].Split(',') },
                    "--connections" => options with { Scenarios = [.. arguments[i + 1].Split(',').Select(ParseScenario)] },
                    _ => throw new FormatException(),
                };
            }
            catch (FormatException)
            {
                return null;
            }
        }

        return arguments.Count % 2 == 0 && options.Rounds > 0 && options.Turn > TimeSpan.Zero ? options : null;
    }

    private static EchoScenario ParseScenario(string text)
    {
        var numbers = text.Split('+').Select(static number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
        return numbers is [> 0 and var active] ? new EchoScenario(active, 0)
            : numbers is [> 0 and var some, >= 0 and var idle] ? new EchoScenario(some, idle)
            : throw new FormatException();
    }
}
