using System.Collections.Immutable;
using Sim.Core;
using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>One run of a machine: its tasks call, and the history is checked.</summary>
internal sealed class MachineRun<TSystem, TState>(Machine<TSystem, TState> machine)
{
    private const int LooksWhileTimersGoOn = 60;
    private const int StepsWhileTimersGoOn = 10_000;

    private readonly MachineModel<TSystem, TState> _model = new(machine);

    /// <exception cref="NotLinearizableException">The history is not linearizable.</exception>
    public async Task RunAsync(Workload workload)
    {
        var system = machine.Create();
        var isOver = false;
        var recorder = new HistoryRecorder();
        var tasks = workload.Tasks.Select((commands, i) => Start(Workload.NameOf(i), commands)).ToList();
        var history = await EndAsync(tasks, recorder);
        isOver = true;
        NotLinearizableException.ThrowUnless(history, _model);

        LoopTask Start(string name, ImmutableArray<Command> commands) => Asyncio.CreateTask(
            () => CallAllAsync(commands, command => recorder.RunAsync(name, command, () => CallAsync(system, command)), () => isOver),
            name);
    }

    // Some calls may wait for ever. That is the end if nothing is left to do: not if time was only passed over work that was ready,
    // and not as long as a call may be asleep. Something that ticks for ever is no reason to wait for ever.
    private async Task<History> EndAsync(List<LoopTask> tasks, HistoryRecorder recorder)
    {
        var loop = Asyncio.GetRunningLoop();
        var (seen, looks, begin) = (-1, 0, 0L);
        while (true)
        {
            var (_, waiting) = await Asyncio.WaitAsync(tasks, timeout: machine.Patience);
            (looks, begin) = recorder.Moments == seen ? (looks + 1, begin) : (0, loop.Step);
            var isAtRest = loop.ReadyCount == 0 && (loop.TimerCount == 0 || looks >= LooksWhileTimersGoOn);
            if (waiting.Count == 0 || (looks > 0 && (isAtRest || loop.Step - begin >= StepsWhileTimersGoOn)))
            {
                return recorder.ToHistory(isQuiescent: true);
            }

            seen = recorder.Moments;
        }
    }

    private Task<object?> CallAsync(TSystem system, Command command) =>
        machine.Operations[command.Operation].RunAsync(system, command.Argument);

    private static async Task CallAllAsync(ImmutableArray<Command> commands, Func<Command, Task> callAsync, Func<bool> isOver)
    {
        foreach (var command in commands)
        {
            try
            {
                await callAsync(command);
            }
            catch (Exception) when (!isOver())
            {
                // It is in the history, and the model says whether it may be there.
            }
        }
    }
}
