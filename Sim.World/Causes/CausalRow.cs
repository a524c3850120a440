using System.Numerics;

namespace Sim.World;

/// <summary>
/// A set of operations that holds with each also those that its task made before: how many of each column, a vector clock
/// (C. Fidge 1988, F. Mattern 1989), with the sum of their hashes.
/// </summary>
internal sealed class CausalRow
{
    private int[] _counts = new int[4];
    private int _length;

    /// <summary>What the hashes of its operations add up to.</summary>
    public UInt128 Sum { get; private set; }

    public bool IsEmpty => _length == 0;

    public void Clear() => (_length, Sum) = (0, 0);

    public void CopyFrom(CausalRow other)
    {
        _length = 0;
        Reserve(other._length);
        Array.Copy(other._counts, _counts, _length);
        Sum = other.Sum;
    }

    /// <summary>Adds all of another.</summary>
    public void Add(CausalRow other, OperationTable operations)
    {
        // Nearly always one of the two holds the other.
        if (Holds(other))
        {
            return;
        }

        if (other.Holds(this))
        {
            CopyFrom(other);
            return;
        }

        Reserve(other._length);
        for (var column = 0; column < other._length; column++)
        {
            if (other._counts[column] > _counts[column])
            {
                Reach(column, other._counts[column], operations);
            }
        }
    }

    /// <summary>Adds all operations that a column has.</summary>
    public void AddAll(int column, OperationTable operations)
    {
        Reserve(column + 1);
        Reach(column, operations.CountOf(column), operations);
    }

    private bool Holds(CausalRow other)
    {
        // The last column of a row is never empty.
        if (other._length > _length)
        {
            return false;
        }

        var theirs = other._counts.AsSpan(0, other._length);
        var mine = _counts.AsSpan(0, other._length);
        var column = 0;
        for (; column + Vector<int>.Count <= theirs.Length; column += Vector<int>.Count)
        {
            if (Vector.GreaterThanAny(new Vector<int>(theirs[column..]), new Vector<int>(mine[column..])))
            {
                return false;
            }
        }

        for (; column < theirs.Length; column++)
        {
            if (theirs[column] > mine[column])
            {
                return false;
            }
        }

        return true;
    }

    private void Reach(int column, int count, OperationTable operations)
    {
        Sum = unchecked(Sum + operations.Between(column, _counts[column], count));
        _counts[column] = count;
    }

    private void Reserve(int length)
    {
        if (length > _counts.Length)
        {
            Array.Resize(ref _counts, Math.Max(length, _counts.Length * 2));
        }

        if (length > _length)
        {
            Array.Clear(_counts, _length, length - _length);
            _length = length;
        }
    }
}
