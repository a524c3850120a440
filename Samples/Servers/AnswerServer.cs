using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using Sim.Core;

namespace Samples;

/// <summary>
/// A server to be tried out and killed: a request is a number, four bytes, the highest first; the answer is that number and so
/// many bytes. When it is told to stop, it finishes the answers that it has begun.
/// </summary>
public static class AnswerServer
{
    private const int NumberLength = 4;

    #region answer-server
    /// <summary>Serves until SIGTERM or Ctrl-C.</summary>
    /// <param name="loop">The loop that runs.</param>
    /// <param name="network">Where it listens.</param>
    /// <param name="local">At which address.</param>
    /// <param name="output">Where it says what happens.</param>
    public static async Task RunAsync(EventLoop loop, INetwork network, EndPoint local, TextWriter output)
    {
        var stop = new AsyncEvent("stop");
        loop.AddSignalHandler(PosixSignal.SIGTERM, stop.Set);
        loop.AddSignalHandler(PosixSignal.SIGINT, stop.Set);
        loop.ExceptionHandler = error => output.WriteLine($"error: {error}");

        var server = await network.StartServerAsync(AnswerAsync, local);
        output.WriteLine($"serving at {server.LocalEndPoint}");
        await stop.WaitAsync();
        var broken = await server.StopAsync(TimeSpan.FromSeconds(20));
        output.WriteLine($"stopped; {broken} connections broken off");
    }

    private static async Task AnswerAsync(ConnectionReader reader, ConnectionWriter writer, Server server)
    {
        var piece = new byte[16 * 1024];
        while (await ReadNumberAsync(reader, server.StopToken) is { } length)
        {
            // From here on without the token: an answer that has begun is finished.
            BinaryPrimitives.WriteInt32BigEndian(piece, length);
            writer.Write(piece.AsSpan(0, NumberLength));
            for (var left = length; left > 0; left -= piece.Length)
            {
                writer.Write(piece.AsSpan(0, Math.Min(left, piece.Length)));
                await writer.DrainAsync();
            }
        }
    }

    // Null: the other side asks no more, or has gone.
    private static async Task<int?> ReadNumberAsync(ConnectionReader reader, CancellationToken stop)
    {
        try
        {
            return BinaryPrimitives.ReadInt32BigEndian(await reader.ReadExactlyAsync(NumberLength, stop));
        }
        catch (Exception gone) when (gone is IncompleteReadException or NetworkException)
        {
            return null;
        }
    }
    #endregion
}
