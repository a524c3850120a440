namespace Sim.Scoreboard;

/// <summary>As the circular buffer, over a queue of twenty whose producer puts one element in before the flags count.</summary>
internal sealed class FlaggedQueue(StepRules rules) : IBugProgram
{
    private const int Size = 20;

    public string Name => "queue";

    public async Task RunAsync()
    {
        var gate = new SteppedLock(rules, "gate");
        var queue = new Queue<int>();
        var stored = new int[Size];
        bool mayPut = true, mayGet = false;
        var team = new Team(rules);
        await team.StartAsync("producer", async () =>
        {
            await gate.AcquireAsync();
            queue.Enqueue(stored[0] = 1);
            await gate.ReleaseAsync();
            for (var round = 1; round < Size; round++)
            {
                await gate.AcquireAsync();
                if (mayPut)
                {
                    queue.Enqueue(stored[round] = 2 * round);
                    (mayPut, mayGet) = (false, true);
                }

                await gate.ReleaseAsync();
            }
        });
        await team.StartAsync("consumer", async () =>
        {
            for (var round = 0; round < Size; round++)
            {
                await gate.AcquireAsync();
                if (mayGet)
                {
                    BugFoundException.Unless(queue.Dequeue() == stored[round], "not the element that was stored");
                    (mayPut, mayGet) = (true, false);
                }

                await gate.ReleaseAsync();
            }
        });
        await team.JoinAsync();
    }
}
