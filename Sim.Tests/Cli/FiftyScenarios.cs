using Sim.Core;
using Sim.Testing;

namespace Sim.Tests;

/// <summary>Fifty scenarios, to be explored in one call: two with a race, one with a planted race, the others hold.</summary>
public static class FiftyScenarios
{
    [Scenario("fifty-01")] public static Task N01() => NapAsync(1);
    [Scenario("fifty-02")] public static Task N02() => NapAsync(2);
    [Scenario("fifty-03")] public static Task N03() => NapAsync(3);
    [Scenario("fifty-04")] public static Task N04() => NapAsync(4);
    [Scenario("fifty-05")] public static Task N05() => NapAsync(5);
    [Scenario("fifty-06")] public static Task N06() => NapAsync(6);
    [Scenario("fifty-07")] public static Task N07() => RaceAsync();
    [Scenario("fifty-08")] public static Task N08() => NapAsync(8);
    [Scenario("fifty-09")] public static Task N09() => NapAsync(9);
    [Scenario("fifty-10")] public static Task N10() => NapAsync(10);
    [Scenario("fifty-11")] public static Task N11() => NapAsync(11);
    [Scenario("fifty-12")] public static Task N12() => NapAsync(12);
    [Scenario("fifty-13")] public static Task N13() => NapAsync(13);
    [Scenario("fifty-14")] public static Task N14() => NapAsync(14);
    [Scenario("fifty-15")] public static Task N15() => NapAsync(15);
    [Scenario("fifty-16")] public static Task N16() => NapAsync(16);
    [Scenario("fifty-17")] public static Task N17() => NapAsync(17);
    [Scenario("fifty-18")] public static Task N18() => NapAsync(18);
    [Scenario("fifty-19")] public static Task N19() => NapAsync(19);
    [Scenario("fifty-20")] public static Task N20() => NapAsync(20);
    [Scenario("fifty-21")] public static Task N21() => NapAsync(21);
    [Scenario("fifty-22")] public static Task N22() => NapAsync(22);
    [Scenario("fifty-23")] public static Task N23() => RaceAsync();
    [Scenario("fifty-24")] public static Task N24() => NapAsync(24);
    [Scenario("fifty-25")] public static Task N25() => NapAsync(25);
    [Scenario("fifty-26")] public static Task N26() => NapAsync(26);
    [Scenario("fifty-27")] public static Task N27() => NapAsync(27);
    [Scenario("fifty-28")] public static Task N28() => NapAsync(28);
    [Scenario("fifty-29")] public static Task N29() => NapAsync(29);
    [Scenario("fifty-30")] public static Task N30() => NapAsync(30);
    [Scenario("fifty-31", MustFail = "both may pass the check")] public static Task N31() => RaceAsync();
    [Scenario("fifty-32")] public static Task N32() => NapAsync(32);
    [Scenario("fifty-33")] public static Task N33() => NapAsync(33);
    [Scenario("fifty-34")] public static Task N34() => NapAsync(34);
    [Scenario("fifty-35")] public static Task N35() => NapAsync(35);
    [Scenario("fifty-36")] public static Task N36() => NapAsync(36);
    [Scenario("fifty-37")] public static Task N37() => NapAsync(37);
    [Scenario("fifty-38")] public static Task N38() => NapAsync(38);
    [Scenario("fifty-39")] public static Task N39() => NapAsync(39);
    [Scenario("fifty-40")] public static Task N40() => NapAsync(40);
    [Scenario("fifty-41")] public static Task N41() => NapAsync(41);
    [Scenario("fifty-42")] public static Task N42() => NapAsync(42);
    [Scenario("fifty-43")] public static Task N43() => NapAsync(43);
    [Scenario("fifty-44")] public static Task N44() => NapAsync(44);
    [Scenario("fifty-45")] public static Task N45() => NapAsync(45);
    [Scenario("fifty-46")] public static Task N46() => NapAsync(46);
    [Scenario("fifty-47")] public static Task N47() => NapAsync(47);
    [Scenario("fifty-48")] public static Task N48() => NapAsync(48);
    [Scenario("fifty-49")] public static Task N49() => NapAsync(49);
    [Scenario("fifty-50")] public static Task N50() => NapAsync(50);

    private static async Task NapAsync(int seconds)
    {
        await Asyncio.GatherAsync(OneAsync, OneAsync);

        async Task OneAsync() => await Asyncio.SleepAsync(TimeSpan.FromSeconds(seconds));
    }

    // First in, first out it holds: the second comes late to the check, and sees what the first has done.
    private static async Task RaceAsync()
    {
        var (free, taken) = (true, 0);
        await Asyncio.GatherAsync(
            Asyncio.CreateTask(TakeAsync, "first"),
            Asyncio.CreateTask(async () => { await Asyncio.YieldAsync(); await TakeAsync(); }, "second"));
        if (taken > 1)
        {
            throw new InvalidOperationException("Both have taken it.");
        }

        async Task TakeAsync()
        {
            if (free)
            {
                await Asyncio.YieldAsync();
                free = false;
                taken++;
            }
        }
    }
}
