using System.Net;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>One that behaves for so many bytes of a conversation of two questions, and then does not.</summary>
internal sealed record HostilePeer(int Bytes, Misdeed Misdeed)
{
    private static readonly byte[][] _bodies = [[1, 2, 3], [4, 5, 6, 7, 8]];

    /// <summary>The two questions, one after the other.</summary>
    public static byte[] Questions { get; } = [.. _bodies.SelectMany(static body => Conversation.Question(body))];

    /// <summary>The two answers, one after the other.</summary>
    public static byte[] Answers { get; } = [.. _bodies.SelectMany(static body => Conversation.Answer(body))];

    /// <summary>
    /// Attacks once. What the server answers before it has had enough must be the beginning of the right answers. It is the server that
    /// is to end it, within the patience of the peer.
    /// </summary>
    /// <exception cref="TimeoutException">It did not, or time passed by decision.</exception>
    public async Task AttackAsync(INetwork network, EndPoint address, byte[] garbage, TimeSpan patience)
    {
        using var connection = await network.ConnectAsync(address);
        try
        {
            await connection.SendAsync(Questions.AsMemory(0, Bytes));
            switch (Misdeed)
            {
                case Misdeed.Reset:
                    connection.Abort();
                    return;
                case Misdeed.Close:
                    return;
                case Misdeed.HalfClose:
                    connection.ShutdownSend();
                    break;
                case Misdeed.Garbage:
                    await connection.SendAsync(garbage);
                    break;
                case Misdeed.Deafness:
                    await ShoutAsync(connection);
                    return;
            }

            await Asyncio.TimeoutAsync(patience, _ => ReadToTheEndAsync(connection));
        }
        catch (NetworkException)
        {
            // The server had enough.
        }
    }

    private static async Task ShoutAsync(IConnection connection)
    {
        var question = Conversation.Question([.. Enumerable.Repeat((byte)7, 255)]);
        while (true)
        {
            await connection.SendAsync(question);
            await Asyncio.YieldAsync();
        }
    }

    private static async Task ReadToTheEndAsync(IConnection connection)
    {
        var buffer = new byte[4096];
        for (var have = 0; ;)
        {
            var count = await connection.ReceiveAsync(buffer);
            if (count == 0)
            {
                return;
            }

            Assert.That(have + count, Is.LessThanOrEqualTo(Answers.Length), "the server answered more than it was asked");
            Assert.That(
                buffer.AsSpan(0, count).SequenceEqual(Answers.AsSpan(have, count)),
                Is.True,
                $"the server answered something else from byte {have} on");
            have += count;
        }
    }
}
