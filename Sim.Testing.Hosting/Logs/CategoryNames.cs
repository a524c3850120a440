using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Sim.Testing.Hosting;

/// <summary>The categories that <c>ILogger&lt;T&gt;</c> gives its loggers: asked of the library itself, whose rule it is.</summary>
internal static class CategoryNames
{
    public static string Of(Type type)
    {
        using var factory = new Listener();
        factory.CreateLogger(type);
        return factory.Category;
    }

    private sealed class Listener : ILoggerFactory
    {
        public string Category { get; private set; } = "";

        public ILogger CreateLogger(string categoryName)
        {
            Category = categoryName;
            return NullLogger.Instance;
        }

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
