using System.Reflection;
using NUnit.Framework;

namespace Sim.Tests;

/// <summary>What each package promises, as a snapshot: a change of the promise is a change that a reader sees.</summary>
public class PublicSurfaceTests
{
    [TestCaseSource(typeof(ShippedAssemblies), nameof(ShippedAssemblies.Libraries))]
    public Task Surface(string assembly) => Verify(PublicSurface.Of(Assembly.Load(assembly)));

    [Test]
    public void AType_IsWrittenAsCSharp() => Assert.That(PublicSurface.Of([typeof(Specimens.Specimen<>)]), Is.EqualTo("""
        abstract class Specimens.Specimen<T> : EventArgs, IDisposable where T : class
            protected Specimen(T value, (int, string) pair = default, string text = "x")
            protected abstract int? Count { get; }
            protected virtual void Dispose(bool disposing)
            void Dispose()
            event EventHandler? Happened
            int this[int at] { get; }
            static U Make<U>(Func<U> make, Specimens.Colour colour = Specimens.Colour.Green) where U : struct, IComparable<U>
            Dictionary<string, object?>? Map { get; protected set; }
            Specimens.Specimen<T>? Next(in int a, ref long b, out string? c, params T[] rest)
            const int Size = 3
            static readonly nint Zero

        """));

    [Test]
    public void KindsOfTypes_AreTold() => Assert.That(
        PublicSurface.Of(typeof(Specimens).GetNestedTypes().Where(type => !type.Name.StartsWith("Specimen", StringComparison.Ordinal))),
        Is.EqualTo("""
            enum Specimens.Colour
                Red = 1
                Green = 2

            interface Specimens.ILamp
                bool IsLit { get; init; }
                void Toggle(bool on = true)

            delegate TResult Specimens.Maker<T, TResult>(T input, params string[] words)

            sealed record Specimens.Name
                Name(string Text)
                required int Number { get; init; }
                string Text { get; init; }

            readonly record struct Specimens.Point
                Point(int X, int Y)
                int X { get; init; }
                int Y { get; init; }
                static Specimens.Point operator +(Specimens.Point left, Specimens.Point right)

            [Flags] enum Specimens.Sides : byte
                None = 0
                Left = 1

            """));

    [Test]
    public void WhatIsNotPublic_IsLeftOut() => Assert.That(PublicSurface.Of([typeof(PublicSurface), typeof(Finding)]), Is.Empty);
}
