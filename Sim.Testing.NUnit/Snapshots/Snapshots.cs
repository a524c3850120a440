using System.Runtime.CompilerServices;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Testing.NUnit;

/// <summary>
/// Snapshots of text with Verify's files and messages, for <c>using static</c>: a test written for
/// <c>VerifyNUnit.Verifier.Verify(string)</c> compiles against this class, and the files serve both.
/// </summary>
public static class Snapshots
{
    private static readonly SnapshotEngine _engine = new(new NUnitSnapshotHost());

    /// <summary>
    /// Compares <paramref name="target"/> with the approved file <c>{Fixture}.{Test}{_name=value…}.verified.{extension}</c>
    /// beside the test's source file. When there is none, or it differs, the text is left in <c>….received.…</c> and the
    /// test fails; with <c>SIM_ACCEPT_SNAPSHOTS=1</c> in the environment it becomes the approved file instead. Once per
    /// test and set of arguments, outside of a simulation. Everything is done when the call returns.
    /// </summary>
    /// <param name="target">The text; null is written as <c>null</c>, the empty text as <c>emptyString</c>.</param>
    /// <param name="extension">Of the file, without dot.</param>
    /// <param name="sourceFile">Filled in by the compiler.</param>
    /// <returns>A finished task, which holds one of these errors when there is one.</returns>
    /// <exception cref="SnapshotException">The snapshot is new, differs or is left over.</exception>
    /// <exception cref="InvalidOperationException">
    /// No test is running, a loop runs on this thread, the name was used before, or the source directory is not on this machine.
    /// </exception>
    public static Task Verify(string? target, string extension = "txt", [CallerFilePath] string sourceFile = "")
    {
        try
        {
            if (EventLoop.Running is not null)
            {
                throw new InvalidOperationException(
                    "Verify was called inside a simulation, whose body may run many times: call Simulation.Run in a [Test], and verify its Trace afterwards.");
            }

            var folder = new SnapshotFolder(SourceFolder.Of(sourceFile, TestContext.CurrentContext.TestDirectory));
            _engine.Verify(folder, RunningTest.SnapshotPrefix(), target, extension);
            return Task.CompletedTask;
        }
        catch (Exception failure)
        {
            // The error belongs to the task: whoever awaits it sees it, as with the genuine Verify.
            return Task.FromException(failure);
        }
    }
}
