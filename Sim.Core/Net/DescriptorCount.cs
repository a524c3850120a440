using System.Net.Sockets;

namespace Sim.Core;

/// <summary>How many descriptors of a machine in memory are in use. Loop thread only.</summary>
internal sealed class DescriptorCount(EventLoop loop, int? most)
{
    private int _used;

    /// <summary>Takes one; null = there is no limit, and nothing to count.</summary>
    /// <exception cref="NetworkException">They are exhausted.</exception>
    public DescriptorCount? Take(string operation)
    {
        if (most is null)
        {
            return null;
        }

        loop.Touch(this);
        if (_used >= most)
        {
            throw NetworkException.Of(SocketError.TooManyOpenSockets, operation);
        }

        _used++;
        return this;
    }

    /// <summary>Gives one back.</summary>
    public void Give()
    {
        _used--;
        if (!loop.IsClosed)
        {
            loop.Touch(this);
        }
    }
}
