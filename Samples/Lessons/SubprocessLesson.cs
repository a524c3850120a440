using System.Text;
using Sim.Core;

namespace Samples;

/// <summary>Two programs of the machine: one sorts lines, one sleeps too long. On virtual time stand-ins play them.</summary>
public sealed class SubprocessLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "subprocess";

    /// <inheritdoc/>
    public string Summary => "one process sorts lines, another one takes too long and is ended";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        #region subprocess
        async Task MainAsync()
        {
            var loop = Asyncio.GetRunningLoop();
            var watch = new LoopWatch(loop);
            using var sort = await loop.CreateSubprocessExecAsync("sort");
            var sorted = await sort.CommunicateAsync("pear\napple\nfig\n"u8.ToArray());
            stage.Print(sorted.OutputText.TrimEnd().Replace('\n', ' '));

            using var sleep = await loop.CreateSubprocessExecAsync("sleep", "3600");
            try
            {
                await Asyncio.TimeoutAsync(TimeSpan.FromSeconds(0.5), async _ => await sleep.WaitAsync());
            }
            catch (TimeoutException)
            {
                stage.Print($"{watch}: it sleeps still");
                sleep.Terminate();
            }

            stage.Print($"{watch}: ended with code {await sleep.WaitAsync()}");
        }
        #endregion

        #region stand-ins
        // A program of virtual time is a coroutine. What it is not given, a simulation does not have.
        var standIns = new VirtualProcesses().Add("sort", SortAsync).Add("sleep", static async program =>
        {
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(int.Parse(program.StartInfo.ArgumentList[0])));
            return 0;
        });

        static async Task<int> SortAsync(VirtualProgram program)
        {
            var loop = Asyncio.GetRunningLoop();
            using var input = new StreamReader(new ConnectionStream(loop, program.StandardInput!));
            var lines = (await input.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
            await program.StandardOutput!.SendAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => $"{line}\n"))));
            return 0;
        }
        #endregion

        Asyncio.Run(MainAsync, () => stage.NewLoop(standIns));
    }
}
