using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// The signals of the operating system, by way of <see cref="PosixSignalRegistration"/>: they come on a thread of the pool.
/// Several loops and others of the process may handle the same signal; each is told. Any thread.
/// </summary>
public sealed class SystemSignals : ISignalSource
{
    private SystemSignals()
    {
    }

    /// <summary>There is one process.</summary>
    public static SystemSignals Instance { get; } = new();

    /// <inheritdoc/>
    public IDisposable Subscribe(PosixSignal signal, Func<bool> onSignal)
    {
        ArgumentNullException.ThrowIfNull(onSignal);
        SignalNumbers.RequireCatchable(signal);
        try
        {
            return PosixSignalRegistration.Create(signal, context => context.Cancel |= onSignal());
        }
        catch (Exception refusal) when (refusal is IOException or ArgumentException)
        {
            throw SignalNumbers.Uncatchable(signal, refusal);
        }
    }

    /// <inheritdoc/>
    public void Raise(PosixSignal signal)
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsBrowser())
        {
            throw new PlatformNotSupportedException(
                $"This platform has no call that sends {SignalNumbers.NameOf(signal)} to a process. On virtual time it can be raised.");
        }

        if (SignalNative.Send(Environment.ProcessId, SignalNumbers.Of(signal)) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new ArgumentOutOfRangeException(
                $"{SignalNumbers.NameOf(signal)} cannot be sent to this process: {new Win32Exception(error).Message} (error {error}).",
                innerException: null);
        }
    }
}
