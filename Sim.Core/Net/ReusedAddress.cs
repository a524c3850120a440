using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// A listener may take an address at which connections have been closed a moment ago, which the system remembers for a minute: a
/// server that is started anew. asyncio's <c>reuse_address</c>, which is on wherever the system knows it as Unix does. An address at
/// which somebody listens stays taken.
/// </summary>
internal static class ReusedAddress
{
    /// <summary>To be called before the socket is bound.</summary>
    public static void Allow(Socket socket)
    {
        // .NET's own option of that name would also let two listeners share an address.
        var yes = 1;
        var on = MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in yes));
        if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption(1, 2, on); // SOL_SOCKET, SO_REUSEADDR
        }
        else if (!OperatingSystem.IsWindows())
        {
            socket.SetRawSocketOption(0xFFFF, 4, on); // the same, as the BSDs number them
        }
    }
}
