using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>A few characters of a replay line tell which step is the first that is not as recorded.</summary>
public class StepMarksTests
{
    [Test]
    public void TextForm_IsReadAgain([Values(1, 7, 40, 41, 1_000)] int yields)
    {
        var marks = StepMarks.Of(Run(yields))!;
        Assert.That(StepMarks.Parse(marks.ToString()), Is.EqualTo(marks));
        Assert.That(marks.Text, Has.Length.LessThanOrEqualTo(42));
        Assert.That(marks.FirstDifference(Run(yields).StepOrder), Is.Null);
    }

    [TestCase("")]
    [TestCase("3")]
    [TestCase("0.ab")]
    [TestCase("3.abcd")]
    [TestCase("3.abcdef")]
    [TestCase("3.abcd!")]
    [TestCase("-3.abcde")]
    [TestCase("999999999.abcde")]
    public void OtherText_IsRefused(string text) => Assert.That(StepMarks.Parse(text), Is.Null);

    [Test]
    public void FirstStepThatDiffers_IsFound_AndNamed()
    {
        // A mark has six bits: one in 64 is alike by chance. Then the step after is told, or the one that was recorded is not.
        var (recorded, found, named) = (Run(12), 0, 0);
        var marks = StepMarks.Of(recorded)!;
        var order = recorded.StepOrder;
        for (var place = 1; place < order.Count - 1; place++)
        {
            StepKey[] other = [.. order.Take(place - 1), .. order.Skip(place)];
            var first = marks.FirstDifference(other)!.Value;
            Assert.That(first.From, Is.EqualTo(first.To).And.InRange(place, place + 1));
            found += first.From == place ? 1 : 0;
            named += marks.Guess(other, place) == order[place - 1] ? 1 : 0;
        }

        Assert.That(found, Is.GreaterThan((order.Count - 2) * 9 / 10));
        Assert.That(named, Is.GreaterThan((order.Count - 2) * 3 / 4));
    }

    [Test]
    public void InALongRun_TheStretchIsFound()
    {
        var recorded = Run(1_000);
        var marks = StepMarks.Of(recorded)!;
        var (from, to) = marks.FirstDifference([.. recorded.StepOrder.Where(static step => step != new StepKey("a", 300))])!.Value;
        var place = recorded.StepOrder.ToList().IndexOf(new StepKey("a", 300)) + 1;
        Assert.That(place, Is.InRange(from, to));
        Assert.That((to - from + 1, marks.Guess(recorded.StepOrder, place)), Is.EqualTo((marks.Stride, (StepKey?)null)));
    }

    [Test]
    public void ARunThatEndsSooner_DiffersAtItsEnd()
    {
        var recorded = Run(5);
        Assert.That(
            StepMarks.Of(recorded)!.FirstDifference([.. recorded.StepOrder.SkipLast(2)])!.Value.From, Is.EqualTo(recorded.StepOrder.Count - 1));
    }

    private static RunReport Run(int yields) => Simulation.Run(
        async () =>
        {
            var (a, b) = (Asyncio.CreateTask(YieldOftenAsync, "a"), Asyncio.CreateTask(YieldOftenAsync, "b"));
            await a;
            await b;

            async Task YieldOftenAsync()
            {
                for (var i = 0; i < yields; i++)
                {
                    await Asyncio.YieldAsync();
                }
            }
        },
        new SimulationOptions { WatchThreadPool = false });
}
