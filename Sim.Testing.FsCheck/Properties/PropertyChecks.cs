using System.Reflection;
using System.Runtime.CompilerServices;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using Sim.Testing.NUnit;

namespace Sim.Testing.FsCheck;

/// <summary>What a property cannot be: found when tests are discovered, so that it is told before anything runs.</summary>
internal static class PropertyChecks
{
    /// <summary>Why a test cannot be a property, in one line; null if nothing is wrong.</summary>
    public static string? WhyNot(Test test, SimPropertyAttribute attribute)
    {
        var method = test.Method!.MethodInfo;
        return WhyNot(method)
            ?? (method.GetCustomAttributes(inherit: true).Any(static other => other is ITestBuilder and not SimPropertyAttribute)
                ? "[SimProperty] draws the arguments itself: take the cases away, or use [SimTest]."
                : null)
            ?? SimulatedTestChecks.WhyNotBeside(method, attribute)
            ?? WhyNotSet(method, test.Method.TypeInfo.Type, attribute);
    }

    private static string? WhyNot(MethodInfo method)
    {
        var name = $"{method.DeclaringType?.Name}.{method.Name}";
        var count = method.GetParameters().Length;
        return typeof(IMachine).IsAssignableFrom(method.ReturnType)
            ? count == 0 ? null : $"{name} returns a machine, so it takes no parameters: the machine draws its data itself."
            : method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute), false)
                ? AsyncMethods.WhyNotAsync(method)
            : !Verdicts.Knows(method.ReturnType)
                ? $"{name} returns {method.ReturnType.Name}: "
                    + "a property returns nothing, bool, Property, a task of one of them, or a machine."
            : count == 0 ? $"{name} takes no parameters, so there is nothing to draw: [SimTest] with Runs makes it under many schedules."
            : null;
    }

    private static string? WhyNotSet(MethodInfo method, Type fixture, SimPropertyAttribute attribute)
    {
        try
        {
            attribute.OptionsOn(fixture).Validate();
            if (!typeof(IMachine).IsAssignableFrom(method.ReturnType) && !method.ContainsGenericParameters)
            {
                DrawnArguments.Of(method, attribute.ArbitrariesOn(fixture));
            }

            return null;
        }
        catch (ScenarioException senseless)
        {
            return $"[SimProperty] {method.Name}: {senseless.Message}";
        }
    }
}
