namespace Sim.World;

/// <summary>An entry for each task of a run, by its number; it grows as they come.</summary>
internal struct TaskTable<T>()
    where T : struct
{
    private T[] _entries = new T[16];

    /// <summary>The entry of a task; the default until somebody writes it. Valid until the next one is asked for.</summary>
    public ref T this[long task]
    {
        get
        {
            if ((ulong)task >= (ulong)_entries.Length)
            {
                Array.Resize(ref _entries, (int)Math.Max(task + 1, _entries.Length * 2L));
            }

            return ref _entries[task];
        }
    }

    /// <summary>A new run begins.</summary>
    public readonly void Clear() => Array.Clear(_entries);
}
