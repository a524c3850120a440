using System.Runtime.InteropServices;
using Sim.Cli;

using var interrupted = new CancellationTokenSource();
// The first Ctrl-C ends after the current run; the second one is the platform's and ends at once.
using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
{
    context.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
});
return SimTool.Run(args, Console.Out, Console.Error, interrupted.Token);
