using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace Sim.Testing.FsCheck;

/// <summary>Draws workloads for a machine, and shrinks them: fewer tasks, fewer operations, arguments that repeat.</summary>
internal sealed class Workloads<TSystem, TState>(Machine<TSystem, TState> machine)
{
    public Gen<object> Generator()
    {
        var command = Gen.OneOf(machine.Operations.Select((operation, i) =>
            operation.Argument.Select(argument => new Command(i, operation.Name, argument))));
        var task = from count in Gen.Choose(1, machine.OperationsPerTask)
                   from commands in command.ArrayOf(count)
                   select commands.ToImmutableArray();
        return from tasks in Gen.Choose(Math.Min(2, machine.Tasks), machine.Tasks)
               from all in task.ArrayOf(tasks)
               select (object)new Workload([.. all]);
    }

    public IEnumerable<object> Shrink(Workload workload)
    {
        var tasks = workload.Tasks;
        for (var i = 0; i < tasks.Length && tasks.Length > 1; i++)
        {
            yield return new Workload(tasks.RemoveAt(i));
        }

        for (var i = 0; i < tasks.Length; i++)
        {
            for (var k = tasks[i].Length - 1; k >= 0 && tasks[i].Length > 1; k--)
            {
                yield return new Workload(tasks.SetItem(i, tasks[i].RemoveAt(k)));
            }
        }

        // A task fewer, and its operations done by the one before it.
        for (var i = 1; i < tasks.Length && tasks.Length > 2; i++)
        {
            yield return new Workload(tasks.RemoveAt(i).SetItem(i - 1, tasks[i - 1].AddRange(tasks[i])));
        }

        for (var i = 0; i < tasks.Length; i++)
        {
            for (var k = 0; k < tasks[i].Length; k++)
            {
                foreach (var simpler in Simpler(tasks, tasks[i][k]))
                {
                    yield return new Workload(tasks.SetItem(i, tasks[i].SetItem(k, simpler)));
                }
            }
        }
    }

    // The argument's own way to shrink, or that of an earlier call of the same operation: fewer different ones are easier to read.
    private IEnumerable<Command> Simpler(ImmutableArray<ImmutableArray<Command>> tasks, Command command)
    {
        foreach (var smaller in machine.Operations[command.Operation].Shrink(command.Argument))
        {
            yield return command with { Argument = smaller };
        }

        if (command.Argument == Command.NoArgument)
        {
            yield break;
        }

        var earlier = tasks.SelectMany(static commands => commands).Where(other => other.Operation == command.Operation)
            .Select(static other => other.Argument).Distinct().TakeWhile(argument => !Equals(argument, command.Argument));
        foreach (var argument in earlier)
        {
            yield return command with { Argument = argument };
        }
    }
}
