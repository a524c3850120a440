using Sim.Core;

namespace Sim.Conformance;

/// <content>The course of a program: init, phases, shutdown, report.</content>
internal sealed partial class Machine
{
    private const int ShutdownRounds = 4;

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its trace.</returns>
    public static IReadOnlyList<string> Run(ConformanceProgram program, OpCatalog catalog)
    {
        using var machine = new Machine(program, catalog);
        ContextVariables.RunFresh(machine.Run);
        return machine._lines;
    }

    private void Run()
    {
        try
        {
            RunInit();
            for (var number = 0; number < Program.Phases.Count; number++)
            {
                RunPhase(Program.Phases[number], $"phase{number}");
            }

            for (var round = 0; round < ShutdownRounds && ShutDown($"shutdown{round}"); round++)
            {
            }

            Report();
        }
        catch (LivelockException)
        {
            Out("loop", "main", "LIVELOCK");
        }
    }

    private void RunInit()
    {
        try
        {
            RunBody(new Frame(this, "init", -1), Program.Init, "i");
        }
        catch (Exception error)
        {
            Out("init", "end", "!" + TraceText.Error(error));
        }
    }

    private void RunPhase(Phase phase, string where)
    {
        if (phase.Proc is not { } proc)
        {
            RunLoop(where, () =>
            {
                Loop.RunForever();
                return null;
            });
        }
        else if (Spawn(proc, (body, name) => Loop.CreateTask(body, name)) is { } main)
        {
            RunLoop(where, () => Loop.RunUntilComplete((Future<object?>)main.Future));
        }
        else
        {
            Out("loop", where, "skip");
        }
    }

    private void RunLoop(string where, Func<object?> run)
    {
        string text;
        try
        {
            text = TraceText.Value(run());
        }
        catch (StalledException)
        {
            text = "DEADLOCK";
        }
        catch (Exception error) when (error is not LivelockException)
        {
            text = "!" + TraceText.Error(error);
        }

        Out("loop", where, text);
    }

    // Cancels what is left, oldest first, and lets it finish.
    private bool ShutDown(string where)
    {
        var left = Futures.Made.Where(entry => entry.Task is { IsDone: false }).ToList();
        if (left.Count == 0)
        {
            return false;
        }

        Out("loop", where, "cancel " + string.Join(',', left.Select(entry => entry.Label)));
        foreach (var entry in left)
        {
            entry.Future.Cancel();
        }

        var drainer = Loop.CreateTask(async () => { await Asyncio.WaitAsync(left.Select(entry => entry.Future)); }, "shutdown");
        RunLoop(where, () =>
        {
            Loop.RunUntilComplete(drainer);
            return null;
        });
        drainer.Cancel();
        return true;
    }

    private void Report()
    {
        foreach (var entry in Futures.Made)
        {
            var unseen = entry.Future is { State: FutureState.Failed, IsExceptionRetrieved: false };
            Out("loop", entry.Label, Untyped.State(entry.Future) + (unseen ? " unretrieved" : ""));
        }
    }
}
