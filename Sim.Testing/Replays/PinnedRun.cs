using System.Reflection;

namespace Sim.Testing;

/// <summary>A run that failed once, and must hold each time the scenario is explored.</summary>
/// <param name="Line">The run.</param>
/// <param name="Because">What it has shown; null if nobody says.</param>
public sealed record PinnedRun(ReplayLine Line, string? Because = null)
{
    /// <summary>The pins on a method, in the order of their lines.</summary>
    /// <exception cref="ScenarioException">A line cannot be read; the message is one line.</exception>
    public static IReadOnlyList<PinnedRun> On(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return
        [
            .. method.GetCustomAttributes<SimReplayAttribute>(false).Select(static pin => pin.Read())
                .OrderBy(static pin => pin.Line.ToString(), StringComparer.Ordinal),
        ];
    }

    /// <summary>Two lines that tell how a run is pinned, with the attribute to paste above the test.</summary>
    public static string Advice(ReplayLine line) => $"Pin it, above the test:\n  [SimReplay(\"{line}\")]\n";
}
