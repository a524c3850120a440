using System.IO.Pipelines;
using System.Net.Sockets;

namespace Sim.Core;

// The two tasks. Each may end alone: TCP has two directions.
public sealed partial class ConnectionPipe
{
    private async Task ReceiveAllAsync()
    {
        // What waits for the loop is cancelled by the task, what waits for the pipe by the token.
        var token = _receiving.CancellationToken;
        var writer = _input.Writer;
        try
        {
            var count = await _connection.ReceiveAsync(writer.GetMemory(_options.MinimumSegmentSize));
            while (count > 0)
            {
                writer.Advance(count);
                if ((await writer.FlushAsync(token)).IsCompleted)
                {
                    return;
                }

                count = await _connection.ReceiveAsync(writer.GetMemory(_options.MinimumSegmentSize));
            }

            await writer.CompleteAsync();
        }
        catch (Exception failure) when (IsOfTheConnection(failure))
        {
            _reason ??= failure;
        }
    }

    private async Task SendAllAsync()
    {
        var token = _sending.CancellationToken;
        var reader = _output.Reader;
        try
        {
            ReadResult read;
            do
            {
                read = await ReadAsync(reader, token);
                foreach (var piece in read.Buffer)
                {
                    await _connection.SendAsync(piece);
                }

                reader.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted);

            await reader.CompleteAsync();
            _connection.ShutdownSend();
        }
        catch (Exception failure) when (IsOfTheConnection(failure))
        {
            _reason ??= failure;
        }
    }

    // The writer may complete its end with an error of its own: the other side must not take that for the end.
    private async ValueTask<ReadResult> ReadAsync(PipeReader reader, CancellationToken token)
    {
        try
        {
            return await reader.ReadAsync(token);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            AbortHere(failure);
            throw new ObjectDisposedException(nameof(ConnectionPipe), failure);
        }
    }

    private static bool IsOfTheConnection(Exception failure) => failure is NetworkException or ObjectDisposedException;

    // Told to the readers here and not in the task: one that is cancelled before its first step never runs.
    private void OnReceived()
    {
        _input.Writer.Complete(_reason ?? (_receiving.IsCancelled ? BrokenOff() : null));
        CloseIfBothEnded();
    }

    private void OnSent()
    {
        if (_sending.IsCancelled)
        {
            _connection.Abort();
        }

        _output.Reader.Complete(_reason ?? (_sending.IsCancelled ? BrokenOff() : null));
        CloseIfBothEnded();
    }

    private NetworkException BrokenOff() =>
        NetworkException.Of(SocketError.OperationAborted, $"Using the closed pipe to {_connection.RemoteEndPoint}");

    private void CloseIfBothEnded()
    {
        if (_receiving.IsDone && _sending.IsDone && !_isClosed.IsSet)
        {
            _connection.Dispose();
            _isClosed.Set();
        }
    }
}
