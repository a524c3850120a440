using Microsoft.Extensions.Logging;

namespace Sim.Testing.Hosting;

/// <summary>The names of log levels as .NET's console shows them.</summary>
internal static class LogLevels
{
    public static string ToShortText(this LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        _ => level.ToString(),
    };
}
