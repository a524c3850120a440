using System.Diagnostics.CodeAnalysis;

namespace Sim.Core;

/// <content>Getting items out.</content>
public partial class AsyncQueue<T>
{
    private readonly IItems<T> _items;
    private readonly WaitLine _getters = new();

    /// <summary>Takes an item out; waits as long as there is none. Without a wait it takes no tick and allocates nothing.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="QueueShutDownException">The queue was shut down and is empty.</exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled: no item is taken.</exception>
    /// <exception cref="LoopException">The wait would be on another loop than that of the queue.</exception>
    public ValueTask<T> GetAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T>(cancellationToken);
        }

        return IsEmpty ? WaitAndGetAsync(cancellationToken) : new ValueTask<T>(Take());
    }

    /// <summary>Takes an item out.</summary>
    /// <exception cref="QueueEmptyException">There is none.</exception>
    /// <exception cref="QueueShutDownException">There is none, and there will be none: the queue was shut down.</exception>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public T GetNoWait()
    {
        if (!IsEmpty)
        {
            return Take();
        }

        throw IsShutDown ? ShutForGetting() : new QueueEmptyException(
            $"GetNoWait from {_title} {Places.Here()}: it is empty. Use GetAsync to wait for an item, or TryGet to do without.");
    }

    /// <summary>Takes an item out if there is one.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public bool TryGet([MaybeNullWhen(false)] out T item)
    {
        if (IsEmpty)
        {
            item = default;
            return false;
        }

        item = Take();
        return true;
    }

    private T Take()
    {
        _loop.CheckThread();
        var item = _items.Take();
        _putters.TakeAndWakeOne();
        return item;
    }

    private async ValueTask<T> WaitAndGetAsync(CancellationToken cancellationToken) =>
        await WaitForItemAsync(cancellationToken) ? Take() : throw ShutForGetting();

    // False: the queue was shut down, and there is no item.
    private async ValueTask<bool> WaitForItemAsync(CancellationToken cancellationToken)
    {
        while (IsEmpty)
        {
            if (IsShutDown)
            {
                return false;
            }

            var getter = _getters.Join(_loop.Bind(ItemReason), ItemReason);
            try
            {
                using var link = new TokenLink(getter, cancellationToken);
                await getter;
            }
            catch
            {
                getter.Cancel();
                _getters.Leave(getter);
                if (!IsEmpty && !getter.IsCancelled)
                {
                    // It was woken and cannot get: the next one shall.
                    _getters.TakeAndWakeOne();
                }

                throw;
            }
        }

        return true;
    }

    private QueueShutDownException ShutForGetting() =>
        ShutDown("Get from", " and is empty: there will be no more items. Take this exception as the end, or read with ReadAllAsync, which just ends.");
}
