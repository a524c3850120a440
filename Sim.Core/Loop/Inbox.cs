namespace Sim.Core;

/// <summary>
/// Work that other threads have handed in, in the order of arrival. Any thread adds, the loop thread takes all.
/// </summary>
internal sealed class Inbox
{
    private readonly object _gate = new();
    private List<Letter> _letters = [];
    private List<Letter> _spare = [];
    private int _count;
    private bool _isClosed;

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <returns>Whether it was taken in: not when it is closed.</returns>
    public bool Add(in Letter letter)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            _letters.Add(letter);
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

    /// <summary>What has arrived since the last call. The list is reused: valid until the next call.</summary>
    public List<Letter> TakeAll()
    {
        lock (_gate)
        {
            (_letters, _spare) = (_spare, _letters);
            _letters.Clear();
            Volatile.Write(ref _count, 0);
            return _spare;
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
