namespace Sim.Properties;

/// <summary>
/// Trees of tasks that use everything at once, and a list of who is asked to stop when. Decoded from bytes, any bytes, so
/// that FsCheck's shrinking of bytes makes storms smaller.
/// </summary>
internal sealed class Storm
{
    /// <summary>Locks are taken in ascending order only, children included: so no storm may stand still.</summary>
    public const int Locks = 2;

    private const int MaxDepth = 4;

    // With weights: contention and requests are where mistakes show.
    private static readonly Weather[] _weathers =
    [
        new(
            "locks",
            [StormKind.Yield, StormKind.Ask, StormKind.Sleep],
            [StormKind.Lock, StormKind.Lock, StormKind.Swallow, StormKind.Timeout]),
        new(
            "units",
            [StormKind.Yield, StormKind.Ask, StormKind.Sleep],
            [StormKind.Semaphore, StormKind.Semaphore, StormKind.Swallow, StormKind.Token]),
        new(
            "items",
            [StormKind.Get, StormKind.Put, StormKind.Ask, StormKind.Get, StormKind.Read],
            [StormKind.Run, StormKind.Swallow, StormKind.Token]),
        new("room", [StormKind.Put, StormKind.Get, StormKind.Ask, StormKind.Put], [StormKind.Run, StormKind.Swallow, StormKind.Timeout]),
        new(
            "all",
            [
                StormKind.Yield, StormKind.Ask, StormKind.Sleep, StormKind.Get, StormKind.Put, StormKind.Ask, StormKind.Get,
                StormKind.Put, StormKind.Yield, StormKind.Read, StormKind.Event, StormKind.Signal, StormKind.Condition,
                StormKind.Notify, StormKind.Barrier, StormKind.Fail, StormKind.Join, StormKind.Ask, StormKind.Shutdown,
            ],
            [
                StormKind.Lock, StormKind.Lock, StormKind.Semaphore, StormKind.Timeout, StormKind.Swallow, StormKind.Lock,
                StormKind.Token, StormKind.Shield, StormKind.Group, StormKind.Gather, StormKind.Wait, StormKind.WaitFor,
                StormKind.AsCompleted, StormKind.Semaphore,
            ]),
    ];

    private readonly Weather _weather;
    private readonly byte[] _bytes;
    private int _at;

    public Storm(byte[] bytes)
    {
        _bytes = bytes;
        // Half of the storms have everything.
        _weather = _weathers[Math.Min(Next(8), _weathers.Length - 1)];
        Trees = [.. Enumerable.Range(0, 2 + Next(4)).Select(_ => new StormNode(StormKind.Run, 0, Body(0, 0)))];
        Requests = [.. Enumerable.Range(0, Next(6)).Select(_ => new Request(Next(8), Next(Trees.Count), Next(2) == 1))];
    }

    public IReadOnlyList<StormNode> Trees { get; }

    /// <summary>In the order in which they are looked at.</summary>
    public IReadOnlyList<Request> Requests { get; }

    public override string ToString() =>
        string.Join('\n', [
            _weather.Name,
            .. Trees.Select(static (tree, i) => $"task {i}: {tree}"),
            .. Requests.Select(static request => request.ToString()),
        ]);

    private List<StormNode> Body(int level, int depth) => [.. Enumerable.Range(0, 1 + Next(2)).Select(_ => Node(level, depth))];

    private StormNode Node(int level, int depth)
    {
        var kinds = depth < MaxDepth && Next(2) == 0 ? _weather.Blocks : _weather.Leaves;
        var kind = kinds[Next(kinds.Length)];
        var number = Next(6);
        return kind switch
        {
            < StormKind.Run => new(kind, number, []),
            StormKind.Lock when level < Locks => Locked(level, number, depth),
            // A semaphore is the highest of the locks.
            StormKind.Lock or StormKind.Semaphore when level <= Locks => new(StormKind.Semaphore, 0, Body(Locks + 1, depth + 1)),
            StormKind.Lock or StormKind.Semaphore => new(StormKind.Run, 0, Body(level, depth + 1)),
            _ => new(kind, number, Body(level, depth + 1)),
        };
    }

    private StormNode Locked(int level, int number, int depth)
    {
        var which = level + (number % (Locks - level));
        return new(StormKind.Lock, which, Body(which + 1, depth + 1));
    }

    private int Next(int bound) => _at < _bytes.Length ? _bytes[_at++] % bound : 0;

    /// <summary>A tree is asked to stop.</summary>
    /// <param name="After">Milliseconds after the request before; 0 = in the same step.</param>
    /// <param name="Tree">Which one.</param>
    /// <param name="Deep">Whether it is the youngest task of all that is asked instead.</param>
    public readonly record struct Request(int After, int Tree, bool Deep);

    /// <summary>What happens in a storm.</summary>
    private sealed record Weather(string Name, StormKind[] Leaves, StormKind[] Blocks);
}
