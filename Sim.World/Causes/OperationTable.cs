namespace Sim.World;

/// <summary>
/// The operations of a run, in columns: as a rule one for each task that makes any. Of each column it knows what the hashes of
/// its first operations add up to.
/// </summary>
internal sealed class OperationTable
{
    /// <summary>How many columns there are at most. Those who come later share them, which tells more apart than there is.</summary>
    public const int Columns = 256;

    private readonly List<UInt128[]> _sums = [];
    private readonly int[] _counts = new int[Columns];
    private int _next;

    /// <summary>A column for one more who makes operations.</summary>
    public int TakeColumn()
    {
        if (_sums.Count < Columns)
        {
            _sums.Add(new UInt128[4]);
        }

        return _next++ % Columns;
    }

    /// <summary>How many operations a column has.</summary>
    public int CountOf(int column) => _counts[column];

    public void Add(int column, UInt128 hash)
    {
        var sums = _sums[column];
        var count = ++_counts[column];
        if (count == sums.Length)
        {
            Array.Resize(ref sums, count * 2);
            _sums[column] = sums;
        }

        sums[count] = unchecked(sums[count - 1] + hash);
    }

    /// <summary>What the operations of a column add up to, from one count to another.</summary>
    public UInt128 Between(int column, int from, int to) => unchecked(_sums[column][to] - _sums[column][from]);
}
