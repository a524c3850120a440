#pragma warning disable CA1416 // Names and numbers of signals are data: nothing is asked of a platform that lacks them.

using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// The numbers of signals, and their names. .NET has names of its own for ten of them and takes the platform's number for the
/// others; here both ways to say the same signal are one.
/// </summary>
internal static class SignalNumbers
{
    private static readonly (PosixSignal Signal, int Linux, int Bsd)[] _named =
    [
        (PosixSignal.SIGHUP, 1, 1),
        (PosixSignal.SIGINT, 2, 2),
        (PosixSignal.SIGQUIT, 3, 3),
        (PosixSignal.SIGTERM, 15, 15),
        (PosixSignal.SIGCHLD, 17, 20),
        (PosixSignal.SIGCONT, 18, 19),
        (PosixSignal.SIGWINCH, 28, 28),
        (PosixSignal.SIGTTIN, 21, 21),
        (PosixSignal.SIGTTOU, 22, 22),
        (PosixSignal.SIGTSTP, 20, 18),
    ];

    private static readonly bool _isBsd = OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD();

    /// <summary>SIGKILL has this number everywhere.</summary>
    public const int Kill = 9;

    /// <summary>SIGSTOP.</summary>
    public static int Stop { get; } = _isBsd ? 17 : 19;

    /// <summary>Whether a process that does not handle it goes on all the same.</summary>
    public static bool IsHarmless(PosixSignal canonical) =>
        canonical is PosixSignal.SIGCHLD or PosixSignal.SIGCONT or PosixSignal.SIGWINCH;

    /// <summary>The platform's number.</summary>
    public static int Of(PosixSignal signal)
    {
        foreach (var (named, linux, bsd) in _named)
        {
            if (named == signal)
            {
                return _isBsd ? bsd : linux;
            }
        }

        return (int)signal;
    }

    /// <summary>.NET's own value where it has one.</summary>
    public static PosixSignal Canonical(PosixSignal signal)
    {
        foreach (var (named, linux, bsd) in _named)
        {
            if ((_isBsd ? bsd : linux) == (int)signal)
            {
                return named;
            }
        }

        return signal;
    }

    /// <summary>SIGTERM, or "signal 10".</summary>
    public static string NameOf(PosixSignal signal)
    {
        var canonical = Canonical(signal);
        return canonical < 0 ? canonical.ToString() : Of(canonical) == Kill ? "SIGKILL" : $"signal {(int)canonical}";
    }

    /// <summary>Refuses the two that end or stop a process whatever it wants.</summary>
    public static void RequireCatchable(PosixSignal signal)
    {
        var number = Of(signal);
        if (number is < 1 or > 64 or Kill || number == Stop)
        {
            throw Uncatchable(signal, null);
        }
    }

    public static ArgumentOutOfRangeException Uncatchable(PosixSignal signal, Exception? cause) => new(
        $"The system lets no program handle {NameOf(signal)} (parameter '{nameof(signal)}'), as was tried {Places.Here()}. "
        + "To be asked to stop, handle SIGTERM and SIGINT.", cause);
}
