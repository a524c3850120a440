using NUnit.Framework;
using Sim.Testing.NUnit;

namespace Sim.Tests;

[TestFixture]
public class RunningTestTests
{
    [Test]
    public void ATest_IsNamedByItsClassAndMethod() =>
        Assert.That(RunningTest.SnapshotPrefix(), Is.EqualTo("RunningTestTests.ATest_IsNamedByItsClassAndMethod"));

    [TestCase("a/b", 2, TestName = "the display name does not count")]
    public void Cases_HaveTheirArguments(string path, int times) =>
        Assert.That(RunningTest.SnapshotPrefix(), Is.EqualTo($"RunningTestTests.Cases_HaveTheirArguments_path=a-b_times={times}"), path);

    [TestCase("x", 1, 2)]
    public void ParamsArguments_AreOneCollection(string first, params int[] rest) =>
        Assert.That(RunningTest.SnapshotPrefix(), Is.EqualTo("RunningTestTests.ParamsArguments_AreOneCollection_first=x_rest=1,2"), $"{first}{rest}");

    [Test]
    public void CombinedValues_AreArguments([Values(1)] int x, [Values("p")] string y) =>
        Assert.That(RunningTest.SnapshotPrefix(), Is.EqualTo($"RunningTestTests.CombinedValues_AreArguments_x={x}_y={y}"));

    [TestCase(1.5)]
    public void GenericMethods_HaveTheirPlainName<T>(T value) =>
        Assert.That(RunningTest.SnapshotPrefix(), Is.EqualTo($"RunningTestTests.GenericMethods_HaveTheirPlainName_value={value}"));

    [Test]
    public async Task TheName_SurvivesAnAwait()
    {
        await Task.Yield();
        Assert.That(RunningTest.SnapshotPrefix(), Is.EqualTo("RunningTestTests.TheName_SurvivesAnAwait"));
    }

    [Test]
    public void OutsideATest_ThereIsNoName()
    {
        Exception? refused = null;
        using (ExecutionContext.SuppressFlow())
        {
            var stranger = new Thread(() =>
            {
                try
                {
                    RunningTest.SnapshotPrefix();
                }
                catch (InvalidOperationException error)
                {
                    refused = error;
                }
            });
            stranger.Start();
            stranger.Join();
        }

        Assert.That(refused?.Message, Does.StartWith("Verify was called outside a test method"));
    }
}
