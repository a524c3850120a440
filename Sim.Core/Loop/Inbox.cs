namespace Sim.Core;

/// <summary>
/// Work that other threads have handed in, in the order of arrival. Any thread adds, the loop thread takes.
/// </summary>
internal sealed class Inbox
{
    private readonly object _gate = new();
    private readonly Queue<Letter> _letters = new();
    private int _count;
    private bool _isClosed;

    public bool IsEmpty => Count == 0;

    public int Count => Volatile.Read(ref _count);

    /// <returns>Whether it was taken in: not when it is closed.</returns>
    public bool Add(in Letter letter)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            _letters.Enqueue(letter);
            Volatile.Write(ref _count, _letters.Count);
            return true;
        }
    }

    /// <summary>Takes nothing in any more: what came now would never run.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    /// <summary>
    /// Takes the oldest one out. One at a time, so that whoever takes while another is taking, from inside of it, goes on
    /// where that one is, and nothing is lost when it fails.
    /// </summary>
    public bool TryTake(out Letter letter)
    {
        lock (_gate)
        {
            var any = _letters.TryDequeue(out letter);
            Volatile.Write(ref _count, _letters.Count);
            return any;
        }
    }

    /// <summary>One piece of work.</summary>
    /// <param name="Callback">What to run.</param>
    /// <param name="State">Handed to it.</param>
    /// <param name="Context">Under which context.</param>
    /// <param name="Flow">In which execution context.</param>
    /// <param name="Escape">For a sealed loop: how it came here.</param>
    internal readonly record struct Letter(
        Delegate Callback, object? State, LoopContext? Context, ExecutionContext? Flow, WorkEscapedException? Escape);
}
