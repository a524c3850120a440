using NUnit.Framework;

namespace Sim.Tests;

/// <summary>How arguments are written into a file's name.</summary>
[TestFixture]
public class ArgumentRules
{
    private static readonly DateTime _day = new(2026, 2, 3);

    private static readonly object[] _times =
    [
        new object[] { "day", _day },
        new object[] { "minute", _day.AddMinutes(61) },
        new object[] { "second", _day.AddSeconds(5) },
        new object[] { "tick", _day.AddTicks(1230) },
        new object[] { "utc", DateTime.SpecifyKind(_day, DateTimeKind.Utc) },
        new object[] { "local", DateTime.SpecifyKind(_day, DateTimeKind.Local) },
    ];

    private static readonly object[] _offsets =
    [
        new object[] { "zero", new DateTimeOffset(_day, TimeSpan.Zero) },
        new object[] { "west", new DateTimeOffset(_day, new TimeSpan(-1, -30, 0)) },
        new object[] { "east", new DateTimeOffset(_day.AddHours(4), TimeSpan.FromHours(2)) },
    ];

    private static readonly object[] _dates = [new object[] { new DateOnly(2026, 2, 3), new TimeOnly(16, 5) }];

    private static readonly object[] _collections =
    [
        new object[] { "flat", (int[])[1, 2] },
        new object[] { "nested", (object[])[(int[])[1, 2], (int[])[], "c"] },
        new object[] { "empty", (List<string>)[] },
    ];

    private static readonly object[] _pairs = [new object[] { KeyValuePair.Create("k", 7) }];

    private static readonly object[] _others = [new object[] { DayOfWeek.Friday, new Uri("http://example.org/x?y"), 'c' }];

    [TestCase(null, true, false)]
    public Task NothingAndTruth(string? none, bool yes, bool no) => Verify($"{none} {yes} {no}");

    [TestCase(-7, 1.5, 2d, 0.25f, byte.MaxValue)]
    public Task Numbers_AreInvariant(int whole, double half, double two, float quarter, byte small) =>
        Verify(FormattableString.Invariant($"{whole} {half} {two} {quarter} {small}"));

    [TestCaseSource(nameof(_times))]
    public Task Times_EndWhereTheyAreEven(string kind, DateTime at) => Verify($"{kind} {at.Ticks}");

    [TestCaseSource(nameof(_offsets))]
    public Task Offsets_Follow(string kind, DateTimeOffset at) => Verify($"{kind} {at.Ticks}");

    [TestCaseSource(nameof(_dates))]
    public Task DatesAndTimesOfDay(DateOnly date, TimeOnly time) => Verify($"{date.DayNumber} {time.Ticks}");

    [TestCaseSource(nameof(_collections))]
    public Task Collections_AreJoined(string kind, System.Collections.ICollection xs) => Verify($"{kind} {xs.Count}");

    [TestCaseSource(nameof(_pairs))]
    public Task APair_IsKeyAndValue(KeyValuePair<string, int> pair) => Verify($"{pair.Value}");

    [TestCase("a/b\\c<d>e|f:g*h?i\"j\tk")]
    public Task IllegalCharacters_BecomeDashes(string s) => Verify($"{s.Length} characters");

    [TestCaseSource(nameof(_others))]
    public Task Others_AreTheirText(DayOfWeek day, Uri address, char letter) => Verify($"{day} {address.Host} {letter}");
}
