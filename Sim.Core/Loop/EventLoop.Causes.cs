using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <content>What a scheduler is told that asks on what steps depend. Without one, each of these is a test for null.</content>
public partial class EventLoop
{
    private readonly ICausalObserver? _causes;

    /// <summary>
    /// Tells the scheduler, if there is one, that the step that runs touches something that other tasks touch too: the one line
    /// by which code makes its own shared state known to who explores schedules. Costs nothing without a scheduler.
    /// </summary>
    /// <param name="resource">The name of a variable, or an object that stands for it.</param>
    /// <param name="isWrite">Whether it is changed.</param>
    public void Touch(object resource, bool isWrite = true)
    {
        if (_scheduler is not null)
        {
            ArgumentNullException.ThrowIfNull(resource);
            CheckThread();
            var operation = new Operation(resource, isWrite);
            _scheduler.Touch(in operation);
            if (_inStep)
            {
                _causes?.OnOperation(in operation, announced: false);
            }
        }
    }

    /// <summary>For what belongs to no loop until somebody waits: touches it on the loop that runs on this thread, if any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TouchOnRunning(object resource, bool isWrite = true)
    {
        if (_running is { _scheduler: not null } loop)
        {
            loop.Touch(resource, isWrite);
        }
    }

    /// <inheritdoc cref="NoteUse"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void NoteUseOnRunning(object thing, UseKind kind) => _running?.NoteUse(thing, kind);

    /// <inheritdoc cref="NoteCreated"/>
    internal static void NoteCreatedOnRunning(object thing) => _running?.NoteCreated(thing);

    /// <summary>
    /// The step that runs, if one does, uses a part of the machinery. What a report looks at between the steps is no use.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void NoteUse(object thing, UseKind kind)
    {
        if (_causes is { } causes && _inStep)
        {
            causes.OnUsed(thing, kind);
        }
    }

    /// <summary>The step that runs has made something that others may use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void NoteCreated(object thing) => _causes?.OnCreated(thing);

    private void NoteArmed(object timer, Sim.Clock.Instant when) => _causes?.OnArmed(timer, when <= Time);
}
