using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Sim.Core;

#pragma warning disable RS0030 // Kestrel and HttpClient await without a context: with one of the loop's set they would go on on the pool.
namespace Sim.Kestrel;

/// <summary>A connection of Kestrel's: two pipes over a connection of the loop, both of which go on on the loop. Any thread.</summary>
internal sealed class LoopConnectionContext : ConnectionContext, IConnectionIdFeature, IConnectionTransportFeature, IConnectionItemsFeature,
    IConnectionLifetimeFeature, IConnectionEndPointFeature
{
    private readonly ConnectionPipe _pipe;
    private readonly PoolVisit _visit;
    private string _id;

    // Without a delay there is nothing in it to dispose of, and the news of the end may come after that.
    private readonly CancellationTokenSource _closed = new();
    private IDictionary<object, object?>? _items;

    public LoopConnectionContext(LoopDoor door, IConnection connection, string name, PoolVisit visit)
    {
        _visit = visit;
        _id = name;
        LocalEndPoint = connection.LocalEndPoint;
        RemoteEndPoint = connection.RemoteEndPoint;
        _pipe = new ConnectionPipe(door.Loop, connection);
        Transport = new Ends(new LoopPipeReader(_pipe.Input, door, visit), _pipe.Output);
        ConnectionClosed = _closed.Token;
#pragma warning disable CS0618 // The pipe keeps this promise, and nothing else tells of an end that nobody reads.
        _pipe.Input.OnWriterCompleted((_, _) => _closed.Cancel(), null);
#pragma warning restore CS0618
        Features.Set<IConnectionIdFeature>(this);
        Features.Set<IConnectionTransportFeature>(this);
        Features.Set<IConnectionItemsFeature>(this);
        Features.Set<IConnectionLifetimeFeature>(this);
        Features.Set<IConnectionEndPointFeature>(this);
    }

    /// <summary>What Kestrel asks for first of all when it begins with the connection.</summary>
    public override string ConnectionId
    {
        get
        {
            _visit.Begin();
            return _id;
        }
        set => _id = value;
    }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items
    {
        get => _items ??= new ConnectionItems();
        set => _items = value;
    }

    public override IDuplexPipe Transport { get; set; }

    public override EndPoint? LocalEndPoint { get; set; }

    public override EndPoint? RemoteEndPoint { get; set; }

    public override CancellationToken ConnectionClosed { get; set; }

    public override void Abort(ConnectionAbortedException abortReason) => _pipe.Abort(abortReason);

    public override async ValueTask DisposeAsync()
    {
        _visit.Cancel();
        try
        {
            await _pipe.DisposeAsync().ConfigureAwait(false);
        }
        catch (LoopClosedException)
        {
            // The loop has closed it, or will.
        }
        finally
        {
            await base.DisposeAsync().ConfigureAwait(false);
        }
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
