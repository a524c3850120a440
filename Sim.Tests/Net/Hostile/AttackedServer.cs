using System.Net;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>
/// A server as a careful programmer writes it: it gives nobody more than a moment for a question or for taking an answer, and breaks off
/// with who makes no sense. It must outlive every peer, and answer those who behave.
/// </summary>
internal sealed class AttackedServer(INetwork network, TimeSpan patience)
{
    private readonly List<LoopError> _errors = [];
    private Server? _server;

    /// <summary>How many questions were answered in full.</summary>
    public int Answered { get; private set; }

    /// <summary>Who ended how, for the failure text.</summary>
    public SortedDictionary<string, int> Endings { get; } = new(StringComparer.Ordinal);

    public EndPoint Address => _server!.LocalEndPoint;

    public async Task StartAsync(int port)
    {
        Asyncio.GetRunningLoop().ExceptionHandler = _errors.Add;
        _server = await network.CreateServerAsync(HandleAsync, new IPEndPoint(IPAddress.Loopback, port));
    }

    /// <summary>
    /// Asks as somebody who behaves does, and requires the right answer. Where time passes by decision the server may lose its patience
    /// with anybody: then it is asked again.
    /// </summary>
    public async Task RequireAnswerAsync(byte[] body, int tries = 1)
    {
        for (var left = tries; ; left--)
        {
            using var connection = await network.ConnectAsync(Address);
            try
            {
                await connection.SendAsync(Conversation.Question(body));
                var answer = await Conversation.ReceiveAsync(connection, body.Length * Conversation.Repeats);
                Assert.That(answer, Is.EqualTo(Conversation.Answer(body)), "the answer to one who behaves");
                return;
            }
            catch (NetworkException) when (left > 1)
            {
                // Cut off, which is not the same as a wrong answer.
            }
        }
    }

    /// <summary>Stops, and requires that nobody is left and nothing went wrong that is not the peers' own doing.</summary>
    public async Task RequireCleanEndAsync()
    {
        _server!.Close();
        await _server.WaitClosedAsync();
        Assert.That(_errors, Is.Empty, () => $"{string.Join("\n", _errors)}; endings: {string.Join(", ", Endings)}");
    }

    private async Task HandleAsync(IConnection connection, Server server)
    {
        try
        {
            while (await Asyncio.TimeoutAsync(patience, _ => Conversation.ReceiveQuestionAsync(connection)) is { } body)
            {
                var answer = Conversation.Answer(body);
                await Asyncio.TimeoutAsync(patience, async _ => await connection.SendAsync(answer));
                Answered++;
            }

            Count("end");
        }
        catch (Exception failure) when (failure is NetworkException or TimeoutException or FormatException)
        {
            Count(failure.GetType().Name);
            connection.Abort();
        }
    }

    private void Count(string ending) => Endings[ending] = Endings.GetValueOrDefault(ending) + 1;
}
