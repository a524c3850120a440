using System.Net;

namespace Sim.Core;

/// <summary>The ports that are given out: one after the other, in a circle, so that one that was used rests for long.</summary>
internal sealed class VirtualPorts
{
    private const int First = 49152;

    private int _next = First;

    /// <summary>The next port that is not taken; null = all are.</summary>
    public int? Take(Func<int, bool> isTaken)
    {
        for (var tries = IPEndPoint.MaxPort - First; tries >= 0; tries--)
        {
            var port = _next;
            _next = port == IPEndPoint.MaxPort ? First : port + 1;
            if (!isTaken(port))
            {
                return port;
            }
        }

        return null;
    }
}
