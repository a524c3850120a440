using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <summary>
/// A value that belongs to a loop, made when first asked for, as a <c>ThreadLocal</c> belongs to a thread. Outer folders
/// and assemblies keep their per-loop state here, so that the loop need not know them. Any thread, also while the loop runs;
/// the values have thread rules of their own.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="create">Makes the value for a loop.</param>
public sealed class LoopLocal<T>(Func<EventLoop, T> create)
    where T : class
{
    private readonly int _slot = EventLoop.ReserveLocalSlot();

    /// <summary>The value for <paramref name="loop"/>.</summary>
    public T this[EventLoop loop]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(loop);
            // Only this object writes the slot.
            return Unsafe.As<T>(loop.FindLocal(_slot) ?? loop.MakeLocal(_slot, create));
        }
    }

    /// <summary>The value for <paramref name="loop"/> if it was made already.</summary>
    public T? Find(EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        return (T?)loop.FindLocal(_slot);
    }

    /// <summary>Sets the value for <paramref name="loop"/>.</summary>
    public void Set(EventLoop loop, T value)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(value);
        loop.SetLocal(_slot, value);
    }
}
