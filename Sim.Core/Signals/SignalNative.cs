using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>The call of Unix that sends a signal.</summary>
internal static partial class SignalNative
{
    /// <returns>0, or -1 with the error in <c>Marshal.GetLastPInvokeError</c>.</returns>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Send(int process, int signal);
}
