using Microsoft.Extensions.Logging;

namespace Sim.Testing.Hosting;

/// <summary>
/// Makes the loggers of a simulated run: what they are told becomes an entry of <see cref="Log"/> and a line of the trace,
/// with virtual times. Which levels come through is decided by the usual filters (<c>AddLogging</c>).
/// </summary>
/// <param name="log">Where the entries go.</param>
[ProviderAlias("Simulation")]
public sealed class SimulationLoggerProvider(SimulationLog log) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>What was logged.</summary>
    public SimulationLog Log => log;

    internal IExternalScopeProvider Scopes { get; private set; } = new LoggerExternalScopeProvider();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new SimulationLogger(log, categoryName, this);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    /// <summary>Does nothing: the log is for who looks at it afterwards.</summary>
    public void Dispose()
    {
    }
}
