using NUnit.Framework;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;

namespace Sim.Testing.NUnit;

/// <summary>
/// The test actions (<see cref="ITestAction"/>) of a simulated test and of what is above it: once around all its runs, outside of
/// the simulation, like a one-time set-up.
/// </summary>
internal sealed class TestActionsCommand(TestCommand campaign) : TestCommand(campaign.Test)
{
    public override TestResult Execute(TestExecutionContext context)
    {
        var command = campaign;
        foreach (var action in Test.Method!.GetCustomAttributes<ITestAction>(true).Where(IsForTests))
        {
            command = new TestActionCommand(command, action);
        }

        foreach (var action in context.UpstreamActions.AsEnumerable().Reverse().Where(IsForTests))
        {
            command = new TestActionCommand(command, action);
        }

        return command.Execute(context);
    }

    private static bool IsForTests(ITestAction action) =>
        action.Targets == ActionTargets.Default || action.Targets.HasFlag(ActionTargets.Test);
}
