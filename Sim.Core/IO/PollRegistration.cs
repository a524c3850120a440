using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>What every poller of real handles asks of the arguments of <see cref="IPoller.Register"/>.</summary>
internal static class PollRegistration
{
    private const PollInterest Both = PollInterest.Read | PollInterest.Write;

    /// <summary>Refuses missing arguments, unknown kinds of interest, and interest in a handle that is closed.</summary>
    public static void Check([NotNull] SafeHandle? handle, PollInterest interest, [NotNull] object? token)
    {
        ArgumentNullException.ThrowIfNull(handle);
        ArgumentNullException.ThrowIfNull(token);
        if ((interest & ~Both) != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(interest), interest, "A poller watches for Read, for Write or for both; None stops watching.");
        }

        if (interest != PollInterest.None && (handle.IsClosed || handle.IsInvalid)) throw Closed(handle);
    }

    /// <summary>The handle cannot be watched because nothing is open behind it.</summary>
    public static ArgumentException Closed(SafeHandle handle) => new(
        $"The {handle.GetType().Name} is closed or was never opened, so nothing can become ready. "
        + "Watch a handle while it is open, and stop watching it (PollInterest.None) before closing it.",
        nameof(handle));
}
