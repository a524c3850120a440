using FsCheck;
using FsCheck.Fluent;

namespace Sim.Testing.FsCheck;

/// <summary>
/// Generates fault plans, and shrinks them towards none. In <c>[SimProperty]</c> a parameter of type <see cref="FaultPlan"/> is one.
/// </summary>
public static class FaultPlans
{
    private const int LatestCall = 6;

    /// <summary>Plans for calls of any name.</summary>
    public static Arbitrary<FaultPlan> Plans() => Of();

    /// <summary>Plans for the calls of these names only.</summary>
    public static Arbitrary<FaultPlan> Of(params string[] calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        return Arb.From(Generator(calls), Shrink);
    }

    /// <summary>Without some of the faults, then each less severe: fails instead of lost, late instead of fails, less late.</summary>
    public static IEnumerable<FaultPlan> Shrink(FaultPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var faults = plan.Faults;
        if (faults.Length > 1)
        {
            yield return FaultPlan.None;
        }

        for (var i = 0; i < faults.Length; i++)
        {
            var (gone, left) = (faults[i], faults.RemoveAt(i));
            yield return new FaultPlan(left);
            // A call that does not fail is perhaps not made once more: then those after it come a call earlier.
            if (left.Any(fault => IsAfter(fault, gone)))
            {
                yield return new FaultPlan(left.Select(fault => IsAfter(fault, gone) ? fault with { Number = fault.Number - 1 } : fault));
            }
        }

        for (var i = 0; i < faults.Length; i++)
        {
            foreach (var milder in Milder(faults[i]))
            {
                yield return new FaultPlan(faults.SetItem(i, milder));
            }
        }
    }

    private static bool IsAfter(Fault fault, Fault other) => fault.Call == other.Call && fault.Number > other.Number;

    private static IEnumerable<Fault> Milder(Fault fault)
    {
        if (fault.Kind != FaultKind.Slow)
        {
            yield return fault with { Kind = FaultKind.Slow };
        }

        if (fault.Kind == FaultKind.Lost)
        {
            yield return fault with { Kind = FaultKind.Fails };
        }

        // A kind that has no delay keeps one for the day it becomes milder.
        foreach (var shorter in fault.Kind == FaultKind.Slow ? DelayArbitraries.Shrink(fault.Delay) : [])
        {
            yield return fault with { Delay = shorter };
        }

        if (fault.Number > 1)
        {
            yield return fault with { Number = fault.Number - 1 };
        }
    }

    // Most plans are tame: no fault, or one.
    private static Gen<FaultPlan> Generator(string[] calls)
    {
        var call = calls.Length == 0 ? Gen.Constant<string?>(null) : Gen.Elements<string?>(calls);
        var kinds = Gen.Frequency(
            (3, Gen.Constant(FaultKind.Slow)), (3, Gen.Constant(FaultKind.Fails)), (2, Gen.Constant(FaultKind.Lost)));
        var fault = from name in call
                    from number in Gen.Choose(1, LatestCall)
                    from kind in kinds
                    from delay in DelayArbitraries.Delays().Generator
                    select new Fault(name, number, kind, delay);
        return from count in Gen.Frequency((2, Gen.Constant(0)), (3, Gen.Constant(1)), (2, Gen.Choose(2, 4)))
               from faults in fault.ArrayOf(count)
               select new FaultPlan(faults.DistinctBy(static planned => (planned.Call, planned.Number)));
    }
}
