using System.Runtime.ExceptionServices;
using Sim.Clock;

namespace Sim.Testing;

/// <summary>Runs what may hang on a thread of its own, in real time, and fails instead of hanging.</summary>
internal static class Watchdog
{
    /// <summary>Runs the body to its end, or throws when it takes longer than <paramref name="limit"/>.</summary>
    /// <exception cref="ContractViolationException">The body did not return, or threw something unexpected.</exception>
    public static void Run(string name, TimeSpan limit, Action body)
    {
        ExceptionDispatchInfo? thrown = null;
        // A thread that hangs in the implementation under test cannot be stopped; it must not keep the process alive.
        var thread = new Thread(() => thrown = Caught(name, body)) { IsBackground = true, Name = name };
        thread.Start();
        if (!thread.Join(limit))
        {
            throw new ContractViolationException(
                $"\"{name}\": did not come back within {Durations.Format(limit)} of real time. Something waits that should "
                + "not, or a wake or an event was lost.");
        }

        thrown?.Throw();
    }

    private static ExceptionDispatchInfo? Caught(string name, Action body)
    {
        try
        {
            body();
            return null;
        }
        catch (ContractViolationException violation)
        {
            return ExceptionDispatchInfo.Capture(
                new ContractViolationException($"\"{name}\": {violation.Message}", violation));
        }
#pragma warning disable CA1031 // Whatever the implementation throws is the finding, on the thread that asked for it.
        catch (Exception exception)
        {
            return ExceptionDispatchInfo.Capture(new ContractViolationException(
                $"\"{name}\": threw {exception.GetType().Name}: {exception.Message}", exception));
        }
#pragma warning restore CA1031
    }
}
