namespace Sim.Core;

/// <content>What gives the unit back at the end of a block.</content>
public partial class AsyncSemaphore
{
    // Units that were given back by their holder, to be used again: blocks allocate nothing in steady state.
    private Unit? _spare;

    private Holder NewHolder()
    {
        var unit = _spare ?? new Unit();
        _spare = unit.Next;
        unit.Next = null;
        return new Holder(this, unit);
    }

    /// <summary>
    /// One unit of a semaphore: disposing it gives the unit back. A second time does nothing, whoever has got the unit
    /// meanwhile. Use either this or <see cref="Release"/>: one does not know of the other.
    /// </summary>
    public readonly record struct Holder : IDisposable, IAsyncDisposable
    {
        private readonly AsyncSemaphore? _semaphore;
        private readonly Unit? _unit;
        private readonly long _use;

        internal Holder(AsyncSemaphore semaphore, Unit unit)
        {
            _semaphore = semaphore;
            _unit = unit;
            _use = unit.Use;
        }

        /// <summary>Gives the unit back if this was not done yet.</summary>
        /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
        public void Dispose()
        {
            if (_unit is null || _unit.Use != _use)
            {
                return;
            }

            // First: if it is refused, the unit is still held.
            _semaphore!.Release();
            _unit.Use++;
            _unit.Next = _semaphore._spare;
            _semaphore._spare = _unit;
        }

        /// <summary>Gives the unit back if this was not done yet. Takes no tick.</summary>
        /// <inheritdoc cref="Dispose"/>
        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }

    /// <summary>A unit in somebody's hands, with the number of times that it was used: a holder knows its own.</summary>
    internal sealed class Unit
    {
        public long Use;
        public Unit? Next;
    }
}
