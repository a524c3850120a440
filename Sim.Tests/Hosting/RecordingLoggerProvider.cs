using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Sim.Tests;

/// <summary>Keeps what a real host logs, from whichever thread.</summary>
internal sealed class RecordingLoggerProvider : ILoggerProvider
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(Lines, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var error = exception is null ? "" : $" | {exception.Message}";
            lines.Enqueue($"{logLevel} {category} {eventId.Id}: {formatter(state, exception)}{error}");
        }
    }
}
