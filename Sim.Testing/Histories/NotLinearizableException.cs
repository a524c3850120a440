using Sim.World;

namespace Sim.Testing;

/// <summary>What several tasks saw of an object cannot be explained by any order of their calls.</summary>
public sealed class NotLinearizableException : Exception, IDetailedException
{
    /// <summary>An error that tells what was found.</summary>
    public NotLinearizableException(LinearizabilityReport report)
        : base("The history is not linearizable.")
    {
        ArgumentNullException.ThrowIfNull(report);
        Report = report;
    }

    /// <summary>What was found.</summary>
    public LinearizabilityReport Report { get; }

    /// <inheritdoc/>
    public string Details => HistoryText.Of(Report);

    /// <summary>Checks a history, and throws unless it is linearizable: for the end of a scenario or a test.</summary>
    /// <param name="history">What happened.</param>
    /// <param name="model">What may happen.</param>
    /// <exception cref="NotLinearizableException">It is not linearizable.</exception>
    public static void ThrowUnless<TState, TOperation>(History history, ISequentialModel<TState, TOperation> model)
    {
        var report = Linearizability.Check(history, model);
        if (!report.IsLinearizable)
        {
            throw new NotLinearizableException(report);
        }
    }
}
