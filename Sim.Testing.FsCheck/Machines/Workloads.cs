using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace Sim.Testing.FsCheck;

/// <summary>Draws workloads for a machine, and shrinks them: fewer tasks, fewer operations, arguments that repeat.</summary>
internal sealed class Workloads<TSystem, TState>(Machine<TSystem, TState> machine)
{
    private const int Pool = 40;
    private const int PoolSize = 10;
    private const int MostSmaller = 6;

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

        var all = tasks.SelectMany(static commands => commands).Distinct();
        foreach (var command in all.Where(static command => command.Argument != Command.NoArgument))
        {
            var operation = machine.Operations[command.Operation];
            foreach (var smaller in operation.Shrink(command.Argument).Concat(Smaller(operation.Argument, command.Argument)))
            {
                // All that are alike stay alike: otherwise there would be more to read, and no end of going back and forth.
                var simpler = command with { Argument = smaller };
                yield return new Workload([.. tasks.Select(commands => Replace(commands, command, simpler))]);
            }
        }

        for (var i = 0; i < tasks.Length; i++)
        {
            for (var k = 0; k < tasks[i].Length; k++)
            {
                foreach (var earlier in Earlier(tasks, tasks[i][k]))
                {
                    yield return new Workload(tasks.SetItem(i, tasks[i].SetItem(k, earlier)));
                }
            }
        }
    }

    private static ImmutableArray<Command> Replace(ImmutableArray<Command> commands, Command old, Command other) =>
        [.. commands.Select(command => command == old ? other : command)];

    // An argument that another call has already: so there are fewer different ones. Not a larger one, unless that is true.
    private static IEnumerable<Command> Earlier(ImmutableArray<ImmutableArray<Command>> tasks, Command command)
    {
        var alike = tasks.SelectMany(static commands => commands).Where(other => other.Operation == command.Operation).ToList();
        var isAlone = alike.Count(other => other == command) == 1;
        return alike.Distinct().TakeWhile(other => other != command)
            .Where(other => isAlone || ArgumentOrder.Compare(other.Argument, command.Argument) <= 0);
    }

    // What its generator may draw too. Always the same: replay lines count them.
    private static IEnumerable<object?> Smaller(Gen<object?> generator, object? argument) =>
        generator.Sample(Pool, new Rnd(1, 1), PoolSize).Distinct()
            .Where(other => ArgumentOrder.Compare(other, argument) < 0)
            .OrderBy(static other => other, Comparer<object?>.Create(ArgumentOrder.Compare)).Take(MostSmaller);
}
