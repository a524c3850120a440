using System.Runtime.CompilerServices;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Testing.NUnit;

/// <summary>
/// Snapshots of text with Verify's files, messages and calls, for <c>using static</c>: a test written for
/// <c>VerifyNUnit.Verifier</c> compiles against this class, and the files serve both.
/// </summary>
public static partial class Snapshots
{
    private static readonly SnapshotEngine _engine = new(new NUnitSnapshotHost());

    /// <summary>
    /// Compares <paramref name="target"/> with the approved file <c>{Fixture}.{Test}{_name=value…}.verified.txt</c> beside
    /// the test's source file. When there is none, or it differs, the text is left in <c>….received.txt</c> and the
    /// test fails; with <c>SIM_ACCEPT_SNAPSHOTS=1</c> in the environment it becomes the approved file instead. Once per
    /// test and set of arguments, outside of a simulation.
    /// </summary>
    /// <param name="target">The text; null is written as <c>null</c>, the empty text as <c>emptyString</c>.</param>
    /// <param name="settings">How the files are named; null = by the test.</param>
    /// <param name="sourceFile">Filled in by the compiler.</param>
    /// <returns>
    /// To be awaited or returned. It then holds one of these errors when there is one: <see cref="SnapshotException"/>, when the
    /// snapshot is new, differs or is left over; <see cref="InvalidOperationException"/>, when no test is running, a loop runs on
    /// this thread, the name was used before, or the source directory is not on this machine.
    /// </returns>
    public static SettingsTask Verify(string? target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        Start([Plain(target, "txt")], settings, sourceFile);

    /// <param name="target">The text; null is written as <c>null</c>, the empty text as <c>emptyString</c>.</param>
    /// <param name="extension">Of the file: a kind of text such as json or md, without dot.</param>
    /// <param name="settings">How the files are named; null = by the test.</param>
    /// <param name="sourceFile">Filled in by the compiler.</param>
    /// <inheritdoc cref="Verify(string?, VerifySettings?, string)"/>
    /// <exception cref="ArgumentException">The extension is no kind of text.</exception>
    public static SettingsTask Verify(
        string? target, string extension, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "")
    {
        Target.CheckExtension(extension);
        return Start([Plain(target, extension)], settings, sourceFile);
    }

    /// <summary>Compares one text that says itself what its file is called.</summary>
    /// <inheritdoc cref="Verify(string?, VerifySettings?, string)"/>
    public static SettingsTask Verify(Target target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        Start([Named(target)], settings, sourceFile);

    /// <summary>Compares several texts, each with a file of its own. A verified file too many or too few is a failure.</summary>
    /// <inheritdoc cref="Verify(string?, VerifySettings?, string)"/>
    /// <param name="targets">The texts, at least one.</param>
    /// <param name="settings">How the files are named; null = by the test.</param>
    /// <param name="sourceFile">Filled in by the compiler.</param>
    /// <exception cref="ArgumentException">There are no targets.</exception>
    public static SettingsTask Verify(IEnumerable<Target> targets, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "")
    {
        ArgumentNullException.ThrowIfNull(targets);
        SnapshotTarget[] all = [.. targets.Select(Named)];
        return all.Length > 0
            ? Start(all, settings, sourceFile)
            : throw new ArgumentException("There is nothing to verify: pass at least one target.", nameof(targets));
    }

    /// <summary>Compares a text, whose file has the plain name or the first number, and others beside it.</summary>
    /// <inheritdoc cref="Verify(string?, VerifySettings?, string)"/>
    /// <param name="target">The first text.</param>
    /// <param name="rawTargets">The others.</param>
    /// <param name="settings">How the files are named; null = by the test.</param>
    /// <param name="sourceFile">Filled in by the compiler.</param>
    public static SettingsTask Verify(
        string target, IEnumerable<Target> rawTargets, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "")
    {
        ArgumentNullException.ThrowIfNull(rawTargets);
        return Start([Plain(target, "txt"), .. rawTargets.Select(Named)], settings, sourceFile);
    }

    private static SnapshotTarget Plain(string? text, string extension) => new(extension, SnapshotText.Normalize(text));

    private static SnapshotTarget Named(Target target) => target.Data is null
        ? throw new ArgumentException("A target was made without its constructor, so it has no text.", nameof(target))
        : new(target.Extension, SnapshotText.Normalize(target.Data), target.Name);

    private static SettingsTask Start(SnapshotTarget[] targets, VerifySettings? settings, string sourceFile) =>
        new(settings, chosen => Run(targets, chosen, sourceFile));

    private static void Run(SnapshotTarget[] targets, VerifySettings settings, string sourceFile)
    {
        if (EventLoop.Running is not null)
        {
            throw new InvalidOperationException(
                "Verify was called inside a simulation, whose body may run many times: "
                + "call Simulation.Run in a [Test], and verify its Trace afterwards.");
        }

        var directory = SourceFolder.Of(sourceFile, TestContext.CurrentContext.TestDirectory);
        if (settings.Directory is { } other)
        {
            directory = Directory.CreateDirectory(Path.Combine(directory, other)).FullName;
        }

        _engine.Verify(new SnapshotFolder(directory), SnapshotName.Of(RunningTest.Read(), settings), targets, settings.Options);
    }
}
