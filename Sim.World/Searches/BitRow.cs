using System.Numerics;

namespace Sim.World;

/// <summary>A set of small numbers that grows as needed: who happened before. Kept and cleared from run to run.</summary>
internal sealed class BitRow
{
    private ulong[] _words = new ulong[2];

    public bool this[int bit] => bit >> 6 < _words.Length && (_words[bit >> 6] & (1UL << bit)) != 0;

    /// <summary>How many words may be set.</summary>
    public int Words => _words.Length;

    public ulong Word(int index) => index < _words.Length ? _words[index] : 0;

    public void Clear() => Array.Clear(_words);

    public void Add(int bit)
    {
        Reserve((bit >> 6) + 1);
        _words[bit >> 6] |= 1UL << bit;
    }

    /// <summary>Adds all below a number.</summary>
    public void AddBelow(int bound)
    {
        for (var bit = 0; bit < bound; bit++)
        {
            Add(bit);
        }
    }

    public void Add(BitRow other)
    {
        Reserve(other._words.Length);
        for (var i = 0; i < other._words.Length; i++)
        {
            _words[i] |= other._words[i];
        }
    }

    public void CopyFrom(BitRow other)
    {
        Clear();
        Add(other);
    }

    /// <summary>The largest element below a number; -1 = none.</summary>
    public int LastBelow(int bound)
    {
        for (var i = Math.Min((bound + 63) >> 6, _words.Length) - 1; i >= 0; i--)
        {
            var word = _words[i];
            if (i == bound >> 6)
            {
                word &= (1UL << bound) - 1;
            }

            if (word != 0)
            {
                return (i << 6) + 63 - BitOperations.LeadingZeroCount(word);
            }
        }

        return -1;
    }

    private void Reserve(int words)
    {
        if (words > _words.Length)
        {
            Array.Resize(ref _words, Math.Max(words, _words.Length * 2));
        }
    }
}
