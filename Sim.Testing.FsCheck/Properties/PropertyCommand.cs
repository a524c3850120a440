using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using Sim.Testing.NUnit;

namespace Sim.Testing.FsCheck;

/// <summary>Checks a property and turns its report into NUnit's result.</summary>
internal sealed class PropertyCommand(TestMethod test, IReadOnlyList<Type> arbitraries, PropertyOptions options, string target)
    : SimulatedTestCommand(test, target)
{
    private Subject? _subject;

    private Subject Subject => _subject ?? throw new InvalidOperationException("The subject is made by Prepare, and that was not called.");

    protected override void Prepare(TestExecutionContext context) => _subject = MethodSubject.Of(context, arbitraries, Isolation);

    protected override Scenario? Find(ReplayLine line) => SampleKey.Parse(Subject.Name, line.Scenario) is { } key
        ? new PropertySearch(Subject, options).Find(key)
        : throw IsOfAnother(line, Subject.Name);

    protected override void Explore(TestExecutionContext context, TestResult result)
    {
        var report = new PropertySearch(Subject, options).Run();
        if (report.AsExpected)
        {
            SetHeld(result);
        }
        else if (report.Failure is { Shrunk: { } shrunk } failure)
        {
            SetFailure(result, failure.Scenario, shrunk, failure.Explanation, failure.Replay, report.ToText(Target));
        }
        else
        {
            result.SetResult(ResultState.Failure, report.ToText(Target));
        }
    }
}
