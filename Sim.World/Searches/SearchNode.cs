namespace Sim.World;

/// <summary>One decision on the path that is searched: what was possible, what was taken, what is left to take.</summary>
internal sealed class SearchNode(DecisionKind kind, int bound, int value)
{
    public DecisionKind Kind { get; } = kind;

    public int Bound { get; } = bound;

    public int Value { get; set; } = value;

    /// <summary>For an order: the ready numbers of the choices.</summary>
    public long[] Sequences { get; init; } = [];

    /// <summary>For an order: what may be taken at all.</summary>
    public bool[] Allowed { get; init; } = [];

    /// <summary>For an order: what shall be taken before the node is done.</summary>
    public bool[] Wanted { get; init; } = [];

    /// <summary>For an order: what need not be taken.</summary>
    public List<SleepEntry> Sleep { get; init; } = [];

    /// <summary>What the step that is taken now has used.</summary>
    public SleepEntry? Taken { get; set; }

    public int PlaceOf(long sequence) => Array.IndexOf(Sequences, sequence);

    public bool IsAsleep(int value) => Sleep.Exists(entry => entry.Sequence == Sequences[value]);

    /// <summary>Goes on to the next value; false when there is none.</summary>
    public bool MoveNext()
    {
        if (Kind != DecisionKind.Order)
        {
            return ++Value < Bound;
        }

        if (Taken is { } taken)
        {
            Sleep.Add(taken);
            Taken = null;
            for (var value = 0; value < Bound; value++)
            {
                if (Wanted[value] && !IsAsleep(value))
                {
                    Value = value;
                    return true;
                }
            }

            return false;
        }

        do
        {
            Value++;
        }
        while (Value < Bound && !Allowed[Value]);
        return Value < Bound;
    }
}
