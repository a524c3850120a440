using System.Runtime.InteropServices;
using Sim.Cli;

using var interrupted = new CancellationTokenSource();
// The first Ctrl-C ends after the current run; the second one is the platform's and ends at once.
using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
{
    context.Cancel = !interrupted.IsCancellationRequested;
    if (context.Cancel)
    {
        Console.Error.WriteLine($"{(Console.IsErrorRedirected ? "" : "\n")}sim: interrupted: the current run is finished, then comes what was found. Ctrl-C again ends at once.");
    }

    interrupted.Cancel();
});
return SimTool.Run(args, Console.Out, Console.Error, interrupted.Token);
