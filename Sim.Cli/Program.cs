using System.Runtime.InteropServices;
using Sim.Cli;

using var interrupted = new CancellationTokenSource();
// While scenarios run, the process's console belongs to them.
var error = Console.Error;
var apart = Console.IsErrorRedirected ? "" : "\n";
// The first Ctrl-C ends after the current run; the second one is the platform's and ends at once.
using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
{
    context.Cancel = !interrupted.IsCancellationRequested;
    if (context.Cancel)
    {
        error.WriteLine($"{apart}sim: interrupted: the current run is finished, then comes what was found. Ctrl-C again ends at once.");
    }

    interrupted.Cancel();
});
return SimTool.Run(args, ResultPipe.OrConsole(), error, interrupted.Token);
