using System.Reflection;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Sim.Testing.NUnit;

/// <summary>What no kind of simulated test can be: found when tests are discovered, so that it is told before anything runs.</summary>
public static class SimulatedTestChecks
{
    /// <summary>Makes a test not runnable.</summary>
    /// <param name="test">The test.</param>
    /// <param name="reason">Why, in one line.</param>
    public static void Refuse(Test test, string reason)
    {
        ArgumentNullException.ThrowIfNull(test);
        test.RunState = RunState.NotRunnable;
        test.Properties.Set(PropertyNames.SkipReason, reason);
    }

    /// <summary>Why a method cannot be a simulated test, for what stands beside its attribute; null if nothing is wrong.</summary>
    /// <param name="method">The method.</param>
    /// <param name="own">The attribute that makes a test of it.</param>
    public static string? WhyNotBeside(MethodInfo method, RunSettingsAttribute own)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(own);
        var kind = NameOf(own);
        foreach (var attribute in method.GetCustomAttributes(inherit: true))
        {
            var name = NameOf((Attribute)attribute);
            switch (attribute)
            {
                case RetryAttribute or RepeatAttribute:
                    return $"[{name}] means nothing beside [{kind}], which makes many runs itself. "
                        + $"Set {(own is SimTestAttribute ? "Runs" : "MaxTest")} for more of them.";
#pragma warning disable CS0618 // Obsolete, and still met.
                case CancelAfterAttribute or TimeoutAttribute or MaxTimeAttribute:
#pragma warning restore CS0618
                    return $"[{name}] goes by real time, which is not the run's: set TimeLimit for virtual time, StepLimit for work.";
                case TestAttribute or TheoryAttribute:
                    return $"[{name}] and [{kind}] are two kinds of test: take one away."
                        + (own is SimTestAttribute ? " [TestCase] and [Values] go with [SimTest]." : "");
                case IWrapTestMethod:
                case IWrapSetUpTearDown when attribute.GetType() != own.GetType():
                    return $"[{name}] wraps the one call of a test method, and a simulated test makes many: take it away, "
                        + "or use [Test] and Simulation.Run.";
            }
        }

        return method.GetParameters().Any(static parameter => parameter.IsDefined(typeof(RandomAttribute), false))
            ? "[Random] draws other numbers each time, so that a failure cannot be replayed: draw from Simulation.Current.Random, "
                + "whose numbers are decisions of the run, recorded and shrunk."
            : null;
    }

    private static string NameOf(Attribute attribute) => attribute.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal);
}
