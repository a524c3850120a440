using FsCheck;
using NUnit.Framework;
using Sim.Core;
using Sim.Testing.FsCheck;

namespace Sim.Properties;

[Properties(Arbitrary = [typeof(TimingPrograms)], MaxTest = 1_000, QuietOnSuccess = true)]
public class ReferenceLaws
{
    [Property(EndSize = 60)]
    public Property RealLoopAndReference_WriteTheSameLog_IterationForIteration(TimingProgram program) =>
        Logs.AreEqual(ReferenceInterpreter.Run(program), Logs.OnVirtualTime(program));

    [TestCase(nameof(Mistake.TiesLastFirst), 2)]
    [TestCase(nameof(Mistake.ReadyLastFirst), 2)]
    [TestCase(nameof(Mistake.BatchGrows), 1)]
    [TestCase(nameof(Mistake.TimersFirst), 3)]
    [TestCase(nameof(Mistake.ResultBeatsCancellation), 5)]
    [TestCase(nameof(Mistake.DueTimersCannotBeCancelled), 4)]
    public void MistakeInTheReference_IsRefutedByASmallProgram(string mistake, int size)
    {
        var wrong = Enum.Parse<Mistake>(mistake);
        var program = Refutation.Of(
            TimingPrograms.Programs(),
            candidate => Logs.FirstDifference(ReferenceInterpreter.Run(candidate, wrong), Logs.OnVirtualTime(candidate)) is null);
        Assert.That(program.Size, Is.LessThanOrEqualTo(size), program.ToString());
    }
}
