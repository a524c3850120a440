using Sim.Core;

namespace Sim.Tests;

/// <summary>
/// The protocol of the server that is attacked. A question is a mark, a length, so many bytes and their check byte; its answer has the
/// bytes in reverse, many times over, so that it is longer than what a question takes.
/// </summary>
internal static class Conversation
{
    public const byte Mark = (byte)'Q';
    public const int Repeats = 100;

    public static byte[] Question(params ReadOnlySpan<byte> body) => [Mark, (byte)body.Length, .. body, Check(body)];

    public static byte[] Answer(ReadOnlySpan<byte> body)
    {
        var answer = new byte[body.Length * Repeats];
        for (var place = 0; place < answer.Length; place++)
        {
            answer[place] = body[^(place % body.Length + 1)];
        }

        return answer;
    }

    /// <summary>The body of the next question; null at the end, wherever it comes.</summary>
    /// <exception cref="FormatException">This is no question.</exception>
    public static async Task<byte[]?> ReceiveQuestionAsync(IConnection connection)
    {
        if (await ReceiveAsync(connection, 2) is not { } head)
        {
            return null;
        }

        if (head[0] != Mark || head[1] == 0)
        {
            throw new FormatException($"A question does not begin with {head[0]} {head[1]}.");
        }

        if (await ReceiveAsync(connection, head[1] + 1) is not { } rest)
        {
            return null;
        }

        var body = rest[..^1];
        return rest[^1] == Check(body) ? body : throw new FormatException("The check byte of a question is wrong.");
    }

    /// <summary>So many bytes, or null if the end comes before.</summary>
    public static async Task<byte[]?> ReceiveAsync(IConnection connection, int count)
    {
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            var got = await connection.ReceiveAsync(bytes.AsMemory(have));
            if (got == 0)
            {
                return null;
            }

            have += got;
        }

        return bytes;
    }

    private static byte Check(ReadOnlySpan<byte> body)
    {
        byte sum = 0x5A;
        foreach (var value in body)
        {
            sum = (byte)(sum * 31 + value);
        }

        return sum;
    }
}
