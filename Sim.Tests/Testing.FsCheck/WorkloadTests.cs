using FsCheck.Fluent;
using NUnit.Framework;
using Samples;
using Sim.Testing.FsCheck;

namespace Sim.Tests;

public class WorkloadTests
{
    private readonly Workloads<IRegister, int> _workloads = new(SampleMachines.Register(() => new MendedRegister()));

    private IEnumerable<Workload> Drawn => _workloads.Generator().Sample(100, new FsCheck.Rnd(7, 11), 20).Cast<Workload>();

    [Test]
    public void EveryStepOfShrinking_LeadsToFewerOrSmallerCalls()
    {
        foreach (var workload in Drawn)
        {
            foreach (var smaller in _workloads.Shrink(workload).Cast<Workload>())
            {
                Assert.That(SizeOf(smaller).CompareTo(SizeOf(workload)), Is.Negative, $"{workload}\n->\n{smaller}");
                Assert.That(smaller.Tasks.Select(static commands => commands.Length), Has.All.Positive);
            }
        }
    }

    [Test]
    public void Shrinking_OffersAlwaysTheSame()
    {
        foreach (var workload in Drawn)
        {
            Assert.That(Texts(), Is.EqualTo(Texts()));
            IEnumerable<string> Texts() => _workloads.Shrink(workload).Select(static smaller => smaller.ToString()!);
        }
    }

    // In this order: calls, tasks, different arguments, how large they are, how late each one comes again.
    private static (int Calls, int Tasks, int Different, int Sum, int Late) SizeOf(Workload workload)
    {
        var all = workload.Tasks.SelectMany(static commands => commands).ToList();
        var different = all.Distinct().ToList();
        var sum = all.Sum(static command => WeightOf(command.Argument));
        return (all.Count, workload.Tasks.Length, different.Count, sum, all.Sum(different.IndexOf));
    }

    // As ArgumentOrder has it, for arguments of one digit.
    private static int WeightOf(object? argument) => argument switch
    {
        int number => number,
        (int one, int other) => (10 * one) + other,
        _ => 0,
    };
}
