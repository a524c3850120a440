namespace Sim.World;

/// <summary>What an exhaustive search has counted and found. A run counts up to the step in which its loop is asked to stop,
/// because the main task has ended or an error was reported; what follows is tidying up in first in, first out order. With a
/// reduction, of interleavings and operation orders only those are counted that were made: to count all, set it to
/// <see cref="Reduction.None"/>. Async calls that run side by side inside of one task (<c>Task.WhenAll</c> without
/// <c>CreateTask</c>) are searched in every order, and counted as what they are: steps and operations of one task.</summary>
/// <param name="IsComplete">Whether nothing is left to search.</param>
/// <param name="Executions">Runs to their end: with no reduction, the number of different sequences of decisions.</param>
/// <param name="Abandoned">Runs that were left because all they could still do had been seen.</param>
/// <param name="Interleavings">
/// How many different sequences of task steps were seen: for each step, which task took it. A step is what a task does from
/// one suspension to the next, so that one with k yields takes k + 1: its start is a step. Not counted are callbacks, and the
/// steps with which the main task goes on because a task that it awaited has ended. Two independent tasks with a - 1 and b - 1
/// yields have C(a + b, a), whether the main task gathers them or awaits one after the other.
/// </param>
/// <param name="OperationOrders">
/// How many different sequences of operations were seen: for each operation, which task made it. A step of no operation does not
/// count, so that a task with k announced yields and nothing else counts k, and two of them with a and b have C(a + b, a).
/// </param>
/// <param name="Classes">
/// How many happens-before classes were seen. Two runs are of one class if they have the same operations and draws, and the same ones
/// happen before each. An operation happens before a later one of its task; of the same resource, unless both only read; and
/// of what goes on because of it: a task that was made, or that waited for a future, a timer, a turn.
/// </param>
/// <param name="Steps">Steps made, over all runs.</param>
/// <param name="Failures">Runs that failed.</param>
/// <param name="FirstFailure">The first of them, recorded; null when all held.</param>
/// <param name="Unreduced">Why every schedule was made although a reduction was asked for; null when it was not.</param>
/// <param name="Position">Where the search stands, to go on from; null when it is complete.</param>
public sealed record ExhaustiveReport(
    bool IsComplete, long Executions, long Abandoned, long Interleavings, long OperationOrders, long Classes, long Steps, long Failures,
    RunReport? FirstFailure, string? Unreduced, string? Position);
