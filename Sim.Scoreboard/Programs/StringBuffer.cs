namespace Sim.Scoreboard;

/// <summary>
/// Two buffers, each safe by its own lock. Appending one to the other asks for its length, then copies so much: between the
/// two, somebody cuts it.
/// </summary>
internal sealed class StringBuffer(StepRules rules) : IBugProgram
{
    public string Name => "stringbuffer";

    public async Task RunAsync()
    {
        var source = new SteppedLock(rules, "source");
        var target = new SteppedLock(rules, "target");
        var text = "abc";
        var result = "";
        var team = new Team(rules);
        await team.StartAsync("eraser", async () =>
        {
            await source.AcquireAsync();
            text = "";
            await source.ReleaseAsync();
        });

        await target.AcquireAsync();
        await source.AcquireAsync();
        var length = text.Length;
        await source.ReleaseAsync();
        await source.AcquireAsync();
        BugFoundException.Unless(length <= text.Length, "the range is stale");
        result += text[..length];
        await source.ReleaseAsync();
        await target.ReleaseAsync();
        await team.JoinAsync();
    }
}
