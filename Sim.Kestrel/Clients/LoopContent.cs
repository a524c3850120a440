using System.Net;
using System.Net.Http.Json;
using Sim.Core;

namespace Sim.Kestrel;

/// <summary>
/// The body of a request, written on the loop's thread: HttpClient asks for it where it has its connection, on the pool if that is new, and
/// a body of the program's own may wait on the loop.
/// </summary>
internal sealed class LoopContent : HttpContent
{
    private readonly EventLoop _loop;
    private readonly HttpContent _content;

    private LoopContent(EventLoop loop, HttpContent content)
    {
        (_loop, _content) = (loop, content);
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    /// <summary>The content to send instead of another; bytes that are there already need no loop.</summary>
    public static HttpContent? Of(EventLoop loop, HttpContent? content) =>
        content is null or ByteArrayContent or ReadOnlyMemoryContent or JsonContent ? content : new LoopContent(loop, content);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _loop.IsOnLoopThread
            ? _content.CopyToAsync(stream, context, cancellationToken)
            : _loop.RunCoroutineThreadSafe(() => _content.CopyToAsync(stream, context, cancellationToken), CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = _content.Headers.ContentLength ?? 0;
        return _content.Headers.ContentLength is not null;
    }
}
