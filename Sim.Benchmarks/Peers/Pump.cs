using System.Runtime.CompilerServices;

namespace Sim.Benchmarks;

/// <summary>
/// The least that makes async methods run on virtual time in C#: a ring of delegate and state, the base library's priority queue,
/// awaiters on both. No handles, no cancellation, no contexts, no tasks of its own, no errors caught, one thread and nobody else.
/// </summary>
internal sealed class Pump
{
    private readonly PriorityQueue<(Action<object?> Callback, object? State), (long When, long Number)> _timers = new();
    private (Action<object?> Callback, object? State)[] _ring = new (Action<object?>, object?)[1024];
    private int _head, _count;
    private long _number;

    public long Now { get; private set; }

    public void Add(Action<object?> callback, object? state)
    {
        if (_count == _ring.Length)
        {
            var larger = new (Action<object?>, object?)[_count * 2];
            for (var i = 0; i < _count; i++)
            {
                larger[i] = _ring[(_head + i) & (_count - 1)];
            }

            (_ring, _head) = (larger, 0);
        }

        _ring[(_head + _count++) & (_ring.Length - 1)] = (callback, state);
    }

    public void Add(Action<object?> callback, object? state, long delay) =>
        _timers.Enqueue((callback, state), (Now + delay, _number++));

    public void Run()
    {
        while (true)
        {
            while (_count > 0)
            {
                var (callback, state) = _ring[_head];
                _ring[_head] = default;
                _head = (_head + 1) & (_ring.Length - 1);
                _count--;
                callback(state);
            }

            if (!_timers.TryDequeue(out var due, out var at))
            {
                return;
            }

            Now = at.When;
            due.Callback(due.State);
        }
    }

    public Delay Wait(long delay) => new(this, delay);

    /// <summary>Resumes in turn, or after so long.</summary>
    internal readonly struct Delay(Pump pump, long delay) : ICriticalNotifyCompletion
    {
        private static readonly Action<object?> _resume = static continuation => ((Action)continuation!)();

        public bool IsCompleted => false;

        public Delay GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation)
        {
            if (delay == 0)
            {
                pump.Add(_resume, continuation);
            }
            else
            {
                pump.Add(_resume, continuation, delay);
            }
        }
    }

    /// <summary>A queue for one item, between one who puts and one who gets.</summary>
    internal sealed class Slot(Pump pump)
    {
        private static readonly Action<object?> _resume = static continuation => ((Action)continuation!)();
        private int? _item;
        private Action? _waiting;

        public async ValueTask PutAsync(int item)
        {
            while (_item is not null)
            {
                await new Turn(this);
            }

            _item = item;
            Wake();
        }

        public async ValueTask<int> GetAsync()
        {
            while (_item is null)
            {
                await new Turn(this);
            }

            var item = _item.Value;
            _item = null;
            Wake();
            return item;
        }

        private void Wake()
        {
            if (_waiting is { } waiting)
            {
                _waiting = null;
                pump.Add(_resume, waiting);
            }
        }

        private readonly struct Turn(Slot slot) : ICriticalNotifyCompletion
        {
            public bool IsCompleted => false;

            public Turn GetAwaiter() => this;

            public void GetResult()
            {
            }

            public void OnCompleted(Action continuation) => slot._waiting = continuation;

            public void UnsafeOnCompleted(Action continuation) => slot._waiting = continuation;
        }
    }
}
