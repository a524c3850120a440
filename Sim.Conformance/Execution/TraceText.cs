using System.Globalization;
using Sim.Core;

namespace Sim.Conformance;

/// <summary>Values and exceptions as the trace writes them.</summary>
internal static class TraceText
{
    // Shared results can make the full text grow without measure.
    private const int MostNesting = 8;

    /// <summary>The kind of an exception: asyncio's word for it.</summary>
    public static string Kind(Exception error) => error switch
    {
        OperationCanceledException => "Cancelled",
        ProgramException => "Err",
        TaskGroupException => "Group",
        TimeoutException => "Timeout",
        InvalidStateException => "InvalidState",
        QueueEmptyException => "QueueEmpty",
        QueueFullException => "QueueFull",
        QueueShutDownException => "QueueShutDown",
        BrokenBarrierException => "BrokenBarrier",
        TooManyReleasesException => "Value",
        // As in Python, where a recursion without end is a runtime error.
        LoopException or InsufficientExecutionStackException => "Runtime",
        _ => error.GetType().Name,
    };

    public static string Error(Exception error, int depth = 0) => error switch
    {
        ProgramException own => string.Create(CultureInfo.InvariantCulture, $"Err({own.Number})"),
        TaskGroupException when depth >= MostNesting => "Group[..]",
        TaskGroupException group => $"Group[{string.Join(',', group.InnerExceptions.Select(inner => Error(inner, depth + 1)))}]",
        _ => Kind(error),
    };

    public static string Value(object? value, int depth = 0) => value switch
    {
        null => "none",
        true => "true",
        false => "false",
        string text => text,
        Exception error => "!" + Error(error, depth),
        Outcome<object?> outcome => Value(outcome.Exception ?? outcome.Result, depth),
        Array list when SetLists.IsSet(list, out var set) => Value(set, depth),
        Array when depth >= MostNesting => "[..]",
        Array items => $"[{string.Join(',', items.Cast<object?>().Select(item => Value(item, depth + 1)))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
