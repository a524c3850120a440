using System.Reflection;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Sim.Testing.NUnit;

/// <summary>What a simulated test cannot be: found when tests are discovered, so that it is told before anything runs.</summary>
internal static class SimTestChecks
{
    /// <summary>Makes a test that cannot be simulated not runnable, with the reason in one line.</summary>
    public static void Apply(Test test, SimTestAttribute attribute)
    {
        // Cases of one method are applied to as the suite that they are.
        if (test is not (TestMethod or ParameterizedMethodSuite) || test.RunState is not (RunState.Runnable or RunState.NotRunnable))
        {
            return;
        }

        var method = test.Method!.MethodInfo;
        if (!AsyncMethods.IsAsync(method))
        {
            // In place of NUnit's own reason, which does not know what a simulated test is.
            SimulatedTestChecks.Refuse(test, AsyncMethods.WhyNotAsync(method));
        }
        else if (test.RunState == RunState.Runnable && WhyNot(method, test.Method.TypeInfo.Type, attribute) is { } reason)
        {
            SimulatedTestChecks.Refuse(test, reason);
        }
    }

    private static string? WhyNot(MethodInfo method, Type fixture, SimTestAttribute attribute)
    {
        try
        {
            var settings = attribute.Settings.Under(fixture);
            settings.Run.ToSimulationOptions();
            settings.ToCampaignOptions(fixture.Assembly);
            CheckPins(method, fixture, attribute);
        }
        catch (ScenarioException senseless)
        {
            return $"[SimTest] {method.Name}: {senseless.Message}";
        }

        return SimulatedTestChecks.WhyNotBeside(method, attribute);
    }

    private static void CheckPins(MethodInfo method, Type fixture, SimTestAttribute attribute)
    {
        var pins = PinnedRun.On(method);
        if (pins.Count > 0 && attribute.MustFail is not null)
        {
            throw new ScenarioException("It must fail, so there is nothing to pin: take MustFail or [SimReplay] away.");
        }

        foreach (var pin in pins)
        {
            // The arguments of fixture and test are not known here; a line of another test is known all the same.
            var name = ReplayLine.Parse(pin.Line).Scenario;
            var isOfFixture = name.StartsWith(fixture.Namespace is { } space ? $"{space}." : "", StringComparison.Ordinal);
            if (!isOfFixture || !Words(name).Contains(method.Name, StringComparer.Ordinal))
            {
                throw new ScenarioException(
                    $"The pinned line is of '{name}', not of this test: pin it there, "
                    + "or, if this test had another name, change the name in the line.");
            }
        }
    }

    private static string[] Words(string name) => name.Split('.', '(', '<', '+', ')', ',');
}
