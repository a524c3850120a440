using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>Turns names into addresses. Loop thread only.</summary>
public interface IResolver
{
    /// <summary>Looks a name up.</summary>
    /// <param name="host">A name, or an address as text, which is its own answer.</param>
    /// <param name="family">Which addresses are wanted; unspecified = all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>At least one address, the one to try first in front.</returns>
    /// <exception cref="NetworkException">Nobody knows the name (<c>HostNotFound</c>), or nobody who could be asked answers.</exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(
        string host, AddressFamily family = AddressFamily.Unspecified, CancellationToken cancellationToken = default);
}
