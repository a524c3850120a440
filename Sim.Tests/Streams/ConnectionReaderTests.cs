using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Readers, in every world: asyncio's test_streams (tier 2), and rule 34.</summary>
[Parallelizable(ParallelScope.All)]
[TestFixtureSource(typeof(NetworkWorld), nameof(NetworkWorld.All))]
public sealed class ConnectionReaderTests(NetworkWorld world)
{
    private static readonly ReadOnlyMemory<byte>[] _separators = [Bytes("AAA"), Bytes("A$"), Bytes("$")];

    private static TimeSpan AMoment => TimeSpan.FromMilliseconds(50);

    [Test]
    public void Lines_HaveTheirEnd_AndTheLastMayHaveNone() => world.Run(static async network =>
    {
        var (reader, far) = await PairAsync(network);
        await SendAsync(far, "one\ntwo\n\nrest");
        far.ShutdownSend();
        Assert.That(Text(await reader.ReadLineAsync()), Is.EqualTo("one\n"));
        Assert.That(Text(await reader.ReadLineAsync()), Is.EqualTo("two\n"));
        Assert.That(Text(await reader.ReadLineAsync()), Is.EqualTo("\n"));
        Assert.That(reader.AtEof, Is.False);
        Assert.That(Text(await reader.ReadLineAsync()), Is.EqualTo("rest"));
        Assert.That(Text(await reader.ReadLineAsync()), Is.Empty);
        Assert.That(reader.AtEof);
        far.Dispose();
    });

    /// <summary>test_readline_limit: a line that is too long is dropped, and the next one is read.</summary>
    [Test]
    public void ALineThatIsTooLong_IsDropped() => world.Run(static async network =>
    {
        var (reader, far) = await PairAsync(network, limit: 3);
        await SendAsync(far, "li");
        await SendAsync(far, "ne1\nline2\n");
        await Asyncio.SleepAsync(AMoment);
        var overrun = await OverrunAsync(async () => await reader.ReadLineAsync());
        Assert.That(overrun.Message, Does.Contain("limit of 3 bytes").And.Contains("The other side speaks another protocol"));
        // How much of it had come when it was noticed depends on the world; nothing of it is kept that was looked through.
        far.ShutdownSend();
        var rest = new List<string>();
        while (!reader.AtEof)
        {
            try
            {
                rest.Add(Text(await reader.ReadLineAsync()));
            }
            catch (LimitOverrunException)
            {
            }
        }

        Assert.That(rest, Has.All.Length.LessThanOrEqualTo(4));
        far.Dispose();
    });

    /// <summary>test_readuntil_multi_chunks: a separator may be cut anywhere.</summary>
    [Test]
    public void ASeparator_MayComeInPieces() => world.Run(static async network =>
    {
        var (reader, far) = await PairAsync(network);
        var reading = Asyncio.CreateTask(async () => Text(await reader.ReadUntilAsync(Bytes("aaa"))));
        foreach (var piece in (string[])["QWERTYa", "a", "aXa", "aa", "rest"])
        {
            await SendAsync(far, piece);
            await Asyncio.SleepAsync(AMoment);
        }

        Assert.That(await reading, Is.EqualTo("QWERTYaaa"));
        Assert.That(Text(await reader.ReadUntilAsync(Bytes("aaa"))), Is.EqualTo("Xaaa"));
        far.ShutdownSend();
        var end = await ThrownAsync<IncompleteReadException>(async () => await reader.ReadUntilAsync(Bytes("aaa")));
        Assert.That(Text(end.Partial), Is.EqualTo("rest"));
        Assert.That(end.Expected, Is.Null);
        far.Dispose();
    });

    /// <summary>test_readuntil_limit_found_sep: what overruns the limit is left.</summary>
    [Test]
    public void BeyondTheLimit_NothingIsTaken() => world.Run(static async network =>
    {
        var (reader, far) = await PairAsync(network, limit: 3);
        await SendAsync(far, "some dataAA");
        await Asyncio.SleepAsync(AMoment);
        var overrun = await OverrunAsync(async () => await reader.ReadUntilAsync(Bytes("AAA")));
        Assert.That(overrun.Consumed, Is.GreaterThan(3));
        await SendAsync(far, "A");
        await Asyncio.SleepAsync(AMoment);
        await OverrunAsync(async () => await reader.ReadUntilAsync(Bytes("AAA")));
        Assert.That(Text(await reader.ReadExactlyAsync(12)), Is.EqualTo("some dataAAA"));
        far.Dispose();
    });

    /// <summary>test_readuntil_multi_separator: the shortest message wins, whatever the order of the separators.</summary>
    [Test]
    public void OfSeveralSeparators_TheOneThatEndsFirstCounts() => world.Run(static async network =>
    {
        var (reader, far) = await PairAsync(network);
        await SendAsync(far, "data1A$data2$AAAdata3AAA");
        far.ShutdownSend();
        Assert.That(Text(await reader.ReadUntilAsync(_separators)), Is.EqualTo("data1A$"));
        Assert.That(Text(await reader.ReadUntilAsync(_separators)), Is.EqualTo("data2$"));
        Assert.That(Text(await reader.ReadUntilAsync(_separators)), Is.EqualTo("AAA"));
        Assert.That(Text(await reader.ReadUntilAsync(_separators)), Is.EqualTo("data3AAA"));
        Assert.That(async () => await reader.ReadUntilAsync([]), Throws.InstanceOf<ArgumentException>());
        Assert.That(async () => await reader.ReadUntilAsync(Bytes("")), Throws.InstanceOf<ArgumentException>());
        far.Dispose();
    });

    /// <summary>test_readexactly_eof: what had come is told.</summary>
    [Test]
    public void ExactlySoMany_OrWhatThereWas() => world.Run(static async network =>
    {
        var (reader, far) = await PairAsync(network, limit: 10);
        var reading = Asyncio.CreateTask(async () => await reader.ReadExactlyAsync(100_000));
        await SendAsync(far, new string('x', 100_000));
        Assert.That(await reading, Has.Length.EqualTo(100_000));
        await SendAsync(far, "part");
        far.ShutdownSend();
        var end = await ThrownAsync<IncompleteReadException>(async () => await reader.ReadExactlyAsync(10));
        Assert.That((Text(end.Partial), end.Expected), Is.EqualTo(("part", (int?)10)));
        Assert.That(end.Message, Does.Contain("after 4 bytes, of the 10 that were asked for"));
        Assert.That(await reader.ReadExactlyAsync(0), Is.Empty);
        Assert.That(reader.AtEof);
        far.Dispose();
    });

    [Test]
    public void Read_TakesWhatIsThere() => world.Run(static async network =>
    {
        var (reader, far) = await PairAsync(network);
        await SendAsync(far, "0123456789");
        var got = new StringBuilder();
        while (got.Length < 10)
        {
            var part = await reader.ReadAsync(4);
            Assert.That(part, Has.Length.InRange(1, 4));
            got.Append(Text(part));
        }

        Assert.That(got.ToString(), Is.EqualTo("0123456789"));
        await SendAsync(far, "abc");
        var buffer = new byte[10];
        var count = await reader.ReadAsync(buffer);
        Assert.That(Text(buffer.AsMemory(0, count)), Is.EqualTo("abc"[..count]));
        await SendAsync(far, "end");
        far.ShutdownSend();
        Assert.That(Text(await reader.ReadToEndAsync()), Is.EqualTo("abcend"[count..]));
        Assert.That(await reader.ReadAsync(4), Is.Empty);
        Assert.That(await reader.ReadAsync(buffer), Is.Zero);
        far.Dispose();
    });

    /// <summary>test_exception_cancel, and more: a read that is cancelled takes nothing.</summary>
    [Test]
    public void ACancelledRead_TakesNothing() => world.Run(static async network =>
    {
        var (reader, far) = await PairAsync(network);
        var reading = Asyncio.CreateTask(async () => await reader.ReadExactlyAsync(8));
        await SendAsync(far, "four");
        await Asyncio.SleepAsync(AMoment);
        reading.Cancel();
        await Asyncio.WaitAsync([reading]);
        Assert.That(reading.IsCancelled);
        using var source = new CancellationTokenSource();
        var line = Asyncio.CreateTask(async () => await reader.ReadLineAsync(source.Token));
        await Asyncio.SleepAsync(AMoment);
        source.Cancel();
        await Asyncio.WaitAsync([line]);
        Assert.That(line.IsCancelled);
        await SendAsync(far, "more\n");
        Assert.That(Text(await reader.ReadLineAsync()), Is.EqualTo("fourmore\n"));
        far.Dispose();
    });

    [Test]
    public void ASecondReader_IsRefused() => world.Run(static async network =>
    {
        var (reader, far) = await PairAsync(network);
        var reading = Asyncio.CreateTask(async () => await reader.ReadLineAsync());
        await Asyncio.SleepAsync(AMoment);
        Assert.That(
            async () => await reader.ReadAsync(1),
            Throws.InvalidOperationException.With.Message.Contains("another task reads. One at a time."));
        await SendAsync(far, "line\n");
        Assert.That(Text(await reading), Is.EqualTo("line\n"));
        far.Dispose();
    });

    /// <summary>What was cut off is read up to there, and then it is an error, every time.</summary>
    [Test]
    public void AReset_ComesAfterWhatWasThere() => world.Run(static async network =>
    {
        var (reader, far) = await PairAsync(network);
        await SendAsync(far, "line\nhalf a li");
        Assert.That(Text(await reader.ReadLineAsync()), Is.EqualTo("line\n"));
        await Asyncio.SleepAsync(AMoment);
        far.Abort();
        await Asyncio.SleepAsync(AMoment);
        Assert.That((await Errors.OfAsync(async () => await reader.ReadLineAsync())).Error, Is.EqualTo(SocketError.ConnectionReset));
        Assert.That((await Errors.OfAsync(async () => await reader.ReadLineAsync())).Error, Is.EqualTo(SocketError.ConnectionReset));
    });

    internal static ReadOnlyMemory<byte> Bytes(string text) => Encoding.ASCII.GetBytes(text);

    internal static string Text(ReadOnlyMemory<byte> bytes) => Encoding.ASCII.GetString(bytes.Span);

    private static ValueTask SendAsync(IConnection connection, string text) => connection.SendAsync(Bytes(text));

    private static async Task<(ConnectionReader Reader, IConnection Far)> PairAsync(
        INetwork network, int limit = ConnectionReader.DefaultLimit)
    {
        using var listener = await network.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var near = await network.ConnectAsync(listener.LocalEndPoint);
        return (new ConnectionReader(near, limit), await listener.AcceptAsync());
    }

    private static Task<LimitOverrunException> OverrunAsync(Func<Task> call) => ThrownAsync<LimitOverrunException>(call);

    private static async Task<TException> ThrownAsync<TException>(Func<Task> call)
        where TException : Exception
    {
        try
        {
            await call();
        }
        catch (TException expected)
        {
            return expected;
        }

        throw new AssertionException("It succeeded.");
    }
}
