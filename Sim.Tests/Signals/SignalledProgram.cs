using System.Runtime.InteropServices;
using Sim.Core;

namespace Sim.Tests;

/// <summary>A program to which tests send signals that they must not send to themselves.</summary>
internal static class SignalledProgram
{
    public const string Name = "signalled";

    /// <summary>Says "ready" when it is to be signalled.</summary>
    /// <returns>The exit code, if it ends by itself.</returns>
    public static int Run(string mode, TextWriter output)
    {
        try
        {
            Asyncio.Run(() => mode switch
            {
                "waits" => WaitAsync(output),
                "hangs" => HangAsync(output),
                _ => HandleAndStopAsync(output),
            });
            return 0;
        }
        catch (KeyboardInterruptException)
        {
            output.WriteLine("interrupted");
            return 130;
        }
    }

    private static async Task WaitAsync(TextWriter output)
    {
        output.WriteLine("ready");
        try
        {
            await Asyncio.SleepAsync(TimeSpan.FromHours(1));
        }
        finally
        {
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(5));
            output.WriteLine("tidied up");
        }
    }

    // The loop does not come to its signals any more.
    private static async Task HangAsync(TextWriter output)
    {
        await Asyncio.YieldAsync();
        output.WriteLine("ready");
        while (true)
        {
            SpinWait.SpinUntil(static () => false, 10);
        }
    }

    private static async Task HandleAndStopAsync(TextWriter output)
    {
        var loop = Asyncio.GetRunningLoop();
        var handled = loop.CreateFuture<bool>();
        loop.AddSignalHandler(PosixSignal.SIGTERM, () => handled.SetResult(true));
        output.WriteLine("handles it");
        await handled;
        loop.RemoveSignalHandler(PosixSignal.SIGTERM);
        output.WriteLine("ready");
        await Asyncio.SleepAsync(TimeSpan.FromHours(1));
    }
}
