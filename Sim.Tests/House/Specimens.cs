namespace Sim.Tests;

#pragma warning disable CA1000, CA1710, CA1715, CA1816, CS0067, CS0649 // Made to be printed, not to be used.

/// <summary>One of each, for the tests of <see cref="PublicSurface"/>.</summary>
public static class Specimens
{
    public enum Colour
    {
        Red = 1,
        Green = 2,
    }

    [Flags]
    public enum Sides : byte
    {
        None = 0,
        Left = 1,
    }

    public delegate TResult Maker<in T, out TResult>(T? input, params string[] words);

    public interface ILamp
    {
        bool IsLit { get; init; }

        void Toggle(bool on = true);
    }

    public readonly record struct Point(int X, int Y)
    {
        public static Point operator +(Point left, Point right) => new(left.X + right.X, left.Y + right.Y);
    }

    public sealed record Name(string Text)
    {
        public required int Number { get; init; }

        internal int Hidden { get; set; }
    }

    public abstract class Specimen<T> : EventArgs, IDisposable
        where T : class
    {
        public const int Size = 3;
        public static readonly nint Zero;
        internal int _hidden;

        protected Specimen(T value, (int A, string B) pair = default, string text = "x") => (_, _, _) = (value, pair, text);

        public event EventHandler? Happened;

        public Dictionary<string, object?>? Map { get; protected set; }

        protected abstract int? Count { get; }

        public int this[int at] => at;

        public static U Make<U>(Func<U> make, Colour colour = Colour.Green)
            where U : struct, IComparable<U> => make();

        public Specimen<T>? Next(in int a, ref long b, out string? c, params T[] rest)
        {
            c = null;
            return null;
        }

        public void Dispose() => Dispose(true);

        public override string ToString() => "";

        protected virtual void Dispose(bool disposing)
        {
        }

        private protected void Secret()
        {
        }
    }

    public static class SpecimenExtensions;
}
