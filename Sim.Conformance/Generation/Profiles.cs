namespace Sim.Conformance;

/// <summary>What a generated program is about: how often each family of operations is drawn.</summary>
internal static class Profiles
{
    private static readonly (string Name, string Weights)[] _all =
    [
        ("tasks", "basic=8 spawn=6 fut=5 comb=2 cancel=2 tmo=1 cb=2 ctx=1 tri=2 rep=1"),
        ("cancel", "basic=6 spawn=5 fut=4 comb=4 cancel=8 tmo=2 tg=1 cb=1 tri=5 rep=1"),
        ("timeouts", "basic=6 spawn=3 fut=3 comb=3 cancel=3 tmo=8 tri=5 timer=1"),
        ("groups", "basic=6 spawn=2 fut=2 comb=2 cancel=4 tmo=2 tg=8 tri=4"),
        ("locks", "basic=6 spawn=4 cancel=3 tmo=2 lock=6 sem=4 ev=3 cond=4 bar=4 tri=3 rep=2"),
        ("queues", "basic=6 spawn=4 cancel=3 tmo=2 q=12 tri=3 rep=2"),
        ("timers", "basic=5 spawn=2 timer=10 cb=2 fut=3 ctx=1 cancel=1"),
        ("combine", "basic=5 spawn=5 fut=4 comb=10 cancel=4 cb=2 tri=4 tmo=1"),
        ("mixed", "basic=6 spawn=4 fut=3 comb=4 cancel=4 tmo=3 tg=3 lock=2 sem=1 ev=1 cond=1 q=3 timer=3 cb=2 ctx=1 tri=4 rep=1"),
        ("io", "basic=5 spawn=2 io=9 timer=4 fut=3 cb=1 cancel=1 tri=1"),
        ("stop", "basic=6 spawn=4 timer=4 fut=2 stop=3 comb=1 cancel=2 cb=2"),
        ("eager", "basic=6 spawn=6 fut=3 comb=4 cancel=4 tmo=2 tg=2 cb=2 ctx=2 tri=3"),
    ];

    /// <summary>The profile that mixes every family with eager tasks, shutdowns and stops. Ours: the oracle's generator has none such.</summary>
    public const string Everything = "everything";

    private const string Weights =
        "basic=6 spawn=4 fut=3 comb=4 cancel=4 tmo=3 tg=3 lock=2 sem=2 ev=2 cond=2 bar=2 q=3 timer=2 cb=2 ctx=2 io=2 stop=1 tri=4 rep=1";

    /// <summary>In the order in which programs take turns.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _all.Select(profile => profile.Name)];

    /// <summary>The families of a profile with their weights, in the order in which they are drawn from.</summary>
    public static (string Family, int Weight)[] Families(string profile) =>
    [
        .. (profile == Everything ? Weights : _all.Single(known => known.Name == profile).Weights).Split(' ')
            .Select(pair => pair.Split('='))
            .Select(pair => (pair[0], int.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture))),
    ];
}
