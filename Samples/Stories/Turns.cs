using Sim.Core;

namespace Samples;

/// <summary>One at a time, first come, first served: a queue of futures, each of them somebody's turn.</summary>
public sealed class Turns
{
    private readonly Queue<Future<ValueTuple>> _waiting = [];
    private bool _taken;

    /// <summary>Waits for the caller's turn. Whoever got it must <see cref="Pass"/> it on.</summary>
    public async Task TakeAsync()
    {
        if (!_taken)
        {
            _taken = true;
            return;
        }

        var turn = Asyncio.GetRunningLoop().CreateFuture<ValueTuple>();
        _waiting.Enqueue(turn);
        try
        {
            await turn;
        }
        catch (OperationCanceledException) when (turn.State == FutureState.Succeeded)
        {
            // The turn came, and so did a request to stop: it must not be lost.
            Pass();
            throw;
        }
    }

    /// <summary>Ends the caller's turn: the next one in the queue has it now.</summary>
    public void Pass()
    {
        while (_waiting.TryDequeue(out var next))
        {
            // False for one that has stopped waiting.
            if (next.TrySetResult(default))
            {
                return;
            }
        }

        _taken = false;
    }
}
