namespace Sim.Scoreboard;

/// <summary>
/// Sender and receiver take turns by two flags, each in a fixed number of rounds. A round without one's turn is lost, and
/// then the receiver expects another element than the one that comes.
/// </summary>
internal sealed class CircularBuffer(StepRules rules) : IBugProgram
{
    private const int Rounds = 7;

    public string Name => "circular_buffer";

    public async Task RunAsync()
    {
        var gate = new SteppedLock(rules, "gate");
        var buffer = new Queue<int>();
        bool mayReceive = false, maySend = true;
        var team = new Team(rules);
        await team.StartAsync("sender", async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                await gate.AcquireAsync();
                if (maySend)
                {
                    buffer.Enqueue(round);
                    (maySend, mayReceive) = (false, true);
                }

                await gate.ReleaseAsync();
            }
        });
        await team.StartAsync("receiver", async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                await gate.AcquireAsync();
                if (mayReceive)
                {
                    BugFoundException.Unless(buffer.Dequeue() == round, "not the element of this round");
                    (maySend, mayReceive) = (true, false);
                }

                await gate.ReleaseAsync();
            }
        });
        await team.JoinAsync();
    }
}
