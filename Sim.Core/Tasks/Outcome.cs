namespace Sim.Core;

/// <summary>How a future ended, as a value: what <c>gather(…, return_exceptions=True)</c> has in its list.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public readonly record struct Outcome<T>
{
    private readonly T? _result;

    internal Outcome(T result) => _result = result;

    internal Outcome(Exception exception) => Exception = exception;

    /// <summary>The exception, an <see cref="OperationCanceledException"/> if it was cancelled; null for a result.</summary>
    public Exception? Exception { get; }

    /// <summary>Whether there is a result.</summary>
    public bool IsSuccess => Exception is null;

    /// <summary>The result.</summary>
    /// <exception cref="InvalidStateException">There is an exception instead; it is the inner one of the message.</exception>
    public T Result => Exception is null
        ? _result!
        : throw new InvalidStateException($"There is no result but an exception: {Exception.GetType().Name}: {Exception.Message}");

    /// <summary>The result, or the exception's type and message.</summary>
    public override string ToString() => Exception is null ? $"{_result}" : $"{Exception.GetType().Name}: {Exception.Message}";
}
