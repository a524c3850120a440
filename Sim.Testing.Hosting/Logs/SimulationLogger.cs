using Microsoft.Extensions.Logging;
using Sim.Core;

namespace Sim.Testing.Hosting;

/// <summary>A logger of a simulation. Loop thread only.</summary>
internal sealed class SimulationLogger(SimulationLog log, string category, SimulationLoggerProvider provider) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => provider.Scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        ArgumentNullException.ThrowIfNull(formatter);
        List<object?> scopes = [];
        provider.Scopes.ForEachScope(static (scope, all) => all.Add(scope), scopes);
        var loop = log.Simulation.Loop;
        // At once and as a copy: some loggers use the state again for the next entry.
        log.Add(new SimulationLogEntry(
            loop.Time,
            logLevel,
            category,
            eventId,
            formatter(state, exception),
            exception,
            ReferenceEquals(EventLoop.Running, loop) ? Asyncio.CurrentTask()?.Name : null,
            state is IEnumerable<KeyValuePair<string, object?>> values ? [.. values] : [],
            scopes));
    }
}
