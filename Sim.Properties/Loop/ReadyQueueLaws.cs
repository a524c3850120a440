using FsCheck;
using FsCheck.Fluent;
using Sim.Core;

namespace Sim.Properties;

/// <summary>The ready queue, seen through the public API, against a plain list: adds, cancels, and a scheduler that takes any.</summary>
[Properties(MaxTest = 500, QuietOnSuccess = true)]
public class ReadyQueueLaws
{
    /// <summary>What each callback does when it runs, and which of the ready ones the scheduler takes.</summary>
    public sealed record Plan(int First, (int Adds, int Cancels)[] Callbacks, int[] Choices);

    [Property]
    public Property Callbacks_RunAsInAPlainList() => Prop.ForAll(Plans(inOrder: true), static plan => Agrees(plan, inOrder: true));

    [Property]
    public Property Callbacks_ChosenByAScheduler_RunAsInAPlainList() => Prop.ForAll(Plans(inOrder: false), static plan => Agrees(plan, inOrder: false));

    [NUnit.Framework.Test]
    public void Model_ThatForgetsCancellations_IsRefutedByTwoCallbacks()
    {
        var plan = Refutation.Of(Plans(inOrder: true), static plan => Model(plan, forgetful: true).SequenceEqual(Real(plan, inOrder: true)));
        NUnit.Framework.Assert.That(plan.First + plan.Callbacks.Sum(static callback => callback.Adds), NUnit.Framework.Is.EqualTo(2));
    }

    private static bool Agrees(Plan plan, bool inOrder) => Model(plan).SequenceEqual(Real(plan, inOrder));

    private static List<int> Real(Plan plan, bool inOrder)
    {
        var ran = new List<int>();
        var handles = new List<Handle>();
        using var loop = Asyncio.NewVirtualEventLoop(new LoopOptions { Scheduler = inOrder ? null : new ListScheduler(plan.Choices) });
        void Add()
        {
            var number = handles.Count;
            handles.Add(loop.CallSoon(() =>
            {
                ran.Add(number);
                if (number < plan.Callbacks.Length)
                {
                    for (var i = 0; i < plan.Callbacks[number].Adds; i++)
                    {
                        Add();
                    }

                    CancelOne(plan.Callbacks[number].Cancels);
                }
            }));
        }

        void CancelOne(int number)
        {
            if (number > 0)
            {
                handles[(number - 1) % handles.Count].Cancel();
            }
        }

        for (var i = 0; i < plan.First; i++)
        {
            Add();
        }

        loop.CallLater(TimeSpan.FromSeconds(1), loop.Stop);
        loop.RunForever();
        return ran;
    }

    // A choice counts the live callbacks, also those added in this iteration.
    private static List<int> Model(Plan plan, bool forgetful = false)
    {
        var ran = new List<int>();
        var ready = Enumerable.Range(0, plan.First).ToList();
        var added = ready.Count;
        var choice = 0;
        while (ready.Count > 0)
        {
            for (var left = ready.Count; left > 0 && ready.Count > 0; left--)
            {
                var index = ready.Count > 1 && plan.Choices.Length > 0 && choice < plan.Choices.Length ? plan.Choices[choice] % ready.Count : 0;
                choice += ready.Count > 1 ? 1 : 0;
                var number = ready[index];
                ready.RemoveAt(index);
                ran.Add(number);
                if (number < plan.Callbacks.Length)
                {
                    var (adds, cancels) = plan.Callbacks[number];
                    ready.AddRange(Enumerable.Range(added, adds));
                    added += adds;
                    if (cancels > 0 && !forgetful)
                    {
                        ready.Remove((cancels - 1) % added);
                    }
                }
            }
        }

        return ran;
    }

    private static Arbitrary<Plan> Plans(bool inOrder)
    {
        var callback = from adds in Gen.Choose(0, 3) from cancels in Gen.Choose(0, 40) select (adds, cancels);
        var plans =
            from first in Gen.Choose(0, 70)
            from callbacks in callback.ArrayOf()
            from choices in inOrder ? Gen.Constant(Array.Empty<int>()) : Gen.Choose(0, 5).ArrayOf()
            select new Plan(first, callbacks, choices);
        return Arb.From(plans, Shrink);
    }

    private static IEnumerable<Plan> Shrink(Plan plan)
    {
        foreach (var fewer in new[] { plan.First / 2, plan.First - 1 }.Where(fewer => fewer >= 0 && fewer < plan.First))
        {
            yield return plan with { First = fewer };
        }

        for (var i = 0; i < plan.Choices.Length; i++)
        {
            yield return plan with { Choices = [.. plan.Choices[..i], .. plan.Choices[(i + 1)..]] };
        }

        for (var i = 0; i < plan.Callbacks.Length; i++)
        {
            var (adds, cancels) = plan.Callbacks[i];
            yield return With([]);
            foreach (var smaller in new[] { (0, cancels), (adds - 1, cancels), (adds, 0), (adds, cancels / 2), (adds, cancels - 1) })
            {
                if (smaller.Item1 >= 0 && smaller.Item2 >= 0 && smaller != (adds, cancels))
                {
                    yield return With([smaller]);
                }
            }

            Plan With((int, int)[] instead) => plan with { Callbacks = [.. plan.Callbacks[..i], .. instead, .. plan.Callbacks[(i + 1)..]] };
        }
    }

    private sealed class ListScheduler(int[] choices) : IScheduler
    {
        private int _next;

        public void Start(EventLoop loop)
        {
        }

        public int Choose(RunnableSet runnable) =>
            runnable.Count > 1 && _next < choices.Length ? choices[_next++] % runnable.Count : 0;

        public int Draw(string label, int bound) => 0;
    }
}
