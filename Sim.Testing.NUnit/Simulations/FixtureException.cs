using NUnit.Framework.Interfaces;

namespace Sim.Testing.NUnit;

/// <summary>A set-up or a tear-down of a simulated test failed: which, and by what.</summary>
public abstract class FixtureException : Exception
{
    private protected FixtureException(string message, Exception inner, FailureSite site)
        : base(message, inner) => Site = site;

    /// <summary>Where it failed, in NUnit's words.</summary>
    public FailureSite Site { get; }

    private protected static string Told(Exception inner) => $"{inner.GetType().Name}: {inner.Message.Trim()}";
}
