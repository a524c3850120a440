using System.Collections.Immutable;

namespace Sim.Testing.FsCheck;

/// <summary>
/// One operation of a <see cref="TimingProgram"/>. Tasks and callbacks have numbers, which are unique in a program and
/// stay when it shrinks; the main task is number 0. Delays are whole milliseconds. Immutable.
/// </summary>
public abstract record TimingOperation
{
    private protected TimingOperation()
    {
    }

    /// <summary>Whether it may suspend, so that it can stand in a task only, not in a callback.</summary>
    public virtual bool Waits => false;

    /// <summary>The operations inside of it, each list on its own.</summary>
    public virtual ImmutableArray<ImmutableArray<TimingOperation>> Bodies => [];

    /// <summary>Writes a line into the log.</summary>
    /// <param name="Number">What to write.</param>
    public sealed record Log(int Number) : TimingOperation;

    /// <summary>Sleeps; 0 is a bare yield.</summary>
    /// <param name="Milliseconds">How long.</param>
    public sealed record Sleep(int Milliseconds) : TimingOperation
    {
        /// <inheritdoc/>
        public override bool Waits => true;
    }

    /// <summary>Lets all that is ready run.</summary>
    public sealed record Yield : TimingOperation
    {
        /// <inheritdoc/>
        public override bool Waits => true;
    }

    /// <summary>Schedules a callback by <c>CallSoon</c>.</summary>
    /// <param name="Number">The number of the callback.</param>
    /// <param name="Body">What it does; nothing that waits.</param>
    public sealed record CallSoon(int Number, ImmutableArray<TimingOperation> Body) : TimingOperation
    {
        /// <inheritdoc/>
        public override ImmutableArray<ImmutableArray<TimingOperation>> Bodies => [Body];
    }

    /// <summary>Schedules a callback by <c>CallLater</c>.</summary>
    /// <param name="Number">The number of the callback.</param>
    /// <param name="Milliseconds">The delay; 0 is legal and means the next iteration.</param>
    /// <param name="Body">What it does; nothing that waits.</param>
    public sealed record CallLater(int Number, int Milliseconds, ImmutableArray<TimingOperation> Body) : TimingOperation
    {
        /// <inheritdoc/>
        public override ImmutableArray<ImmutableArray<TimingOperation>> Bodies => [Body];
    }

    /// <summary>Creates a task and goes on.</summary>
    /// <param name="Number">The number of the task.</param>
    /// <param name="Body">What it does.</param>
    public sealed record Spawn(int Number, ImmutableArray<TimingOperation> Body) : TimingOperation
    {
        /// <inheritdoc/>
        public override ImmutableArray<ImmutableArray<TimingOperation>> Bodies => [Body];
    }

    /// <summary>Creates tasks and awaits them all.</summary>
    /// <param name="Children">The tasks, in the order of the arguments.</param>
    public sealed record Gather(ImmutableArray<Spawn> Children) : TimingOperation
    {
        /// <inheritdoc/>
        public override bool Waits => true;

        /// <inheritdoc/>
        public override ImmutableArray<ImmutableArray<TimingOperation>> Bodies => [.. Children.Select(static child => child.Body)];
    }

    /// <summary>Completes a future of the program, unless it is done.</summary>
    /// <param name="Future">Which one.</param>
    public sealed record SetFuture(int Future) : TimingOperation;

    /// <summary>Awaits a future of the program. What nobody sets is set when all else is over.</summary>
    /// <param name="Future">Which one.</param>
    public sealed record AwaitFuture(int Future) : TimingOperation
    {
        /// <inheritdoc/>
        public override bool Waits => true;
    }

    /// <summary>Cancels the handle of a callback, if it was scheduled.</summary>
    /// <param name="Number">The number of the callback.</param>
    public sealed record CancelCallback(int Number) : TimingOperation;

    /// <summary>Asks a task to stop, if it was created.</summary>
    /// <param name="Number">The number of the task; 0 is the main task.</param>
    public sealed record CancelTask(int Number) : TimingOperation;

    /// <summary>Runs operations and, when a cancellation arrives in them, catches it and goes on behind them.</summary>
    /// <param name="Body">The operations.</param>
    public sealed record Guard(ImmutableArray<TimingOperation> Body) : TimingOperation
    {
        /// <inheritdoc/>
        public override bool Waits => true;

        /// <inheritdoc/>
        public override ImmutableArray<ImmutableArray<TimingOperation>> Bodies => [Body];
    }
}
