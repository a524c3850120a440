using System.Reflection;

namespace Sim.Testing;

/// <summary>A run that failed once, and must hold each time the scenario is explored.</summary>
/// <param name="Line">Its replay line; who makes the run reads it.</param>
/// <param name="Because">What it has shown; null if nobody says.</param>
public sealed record PinnedRun(string Line, string? Because = null)
{
    /// <summary>The pins on a method (<see cref="SimReplayAttribute"/>), in the order of their lines.</summary>
    public static IReadOnlyList<PinnedRun> On(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return
        [
            .. method.GetCustomAttributes<SimReplayAttribute>(false).Select(static pin => new PinnedRun(pin.Line, pin.Because))
                .OrderBy(static pin => pin.Line, StringComparer.Ordinal),
        ];
    }
}
