using Sim.Clock;
using Sim.Core;

namespace Sim.World;

/// <summary>
/// Writes a history while it happens: each call goes through <see cref="RunAsync(string, object, Func{Task})"/>, or is written
/// by hand with <see cref="Invoke"/> and <see cref="Respond"/>. One thread at a time.
/// </summary>
public sealed class HistoryRecorder
{
    private readonly List<Call> _calls = [];
    private int _moments;

    /// <summary>How many invocations and responses were written so far.</summary>
    public int Moments => _moments;

    /// <summary>Makes a call and writes it down. Throws what the call throws.</summary>
    /// <param name="task">Who calls.</param>
    /// <param name="operation">What the model is applied to.</param>
    /// <param name="call">The call itself.</param>
    public async Task<T> RunAsync<T>(string task, object operation, Func<Task<T>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var number = Invoke(task, operation);
        try
        {
            var value = await call();
            Respond(number, CallOutcome.Returned(value));
            return value;
        }
        catch (Exception error)
        {
            Respond(number, CallOutcome.Threw(error));
            throw;
        }
    }

    /// <inheritdoc cref="RunAsync{T}(string, object, Func{Task{T}})"/>
    public async Task RunAsync(string task, object operation, Func<Task> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var number = Invoke(task, operation);
        try
        {
            await call();
            Respond(number, CallOutcome.Returned(null));
        }
        catch (Exception error)
        {
            Respond(number, CallOutcome.Threw(error));
            throw;
        }
    }

    /// <summary>Writes down that something is called.</summary>
    /// <returns>The number of the call.</returns>
    /// <exception cref="InvalidOperationException">The task waits for another call.</exception>
    public int Invoke(string task, object operation)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(operation);
        if (_calls.FindLast(call => call.Task == task) is { Responded: null } open)
        {
            throw new InvalidOperationException(
                $"{task} calls {ValueText.Of(operation)} and still waits for {ValueText.Of(open.Operation)}: "
                + "who calls several things at once is several tasks, so give each a name of its own.");
        }

        _calls.Add(new Call(_calls.Count, task, operation, NextMoment(), null, CallOutcome.Pending));
        return _calls.Count - 1;
    }

    /// <summary>Writes down what became of a call.</summary>
    /// <exception cref="InvalidOperationException">It has responded already.</exception>
    public void Respond(int number, CallOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var call = _calls[number];
        if (call.Responded is not null)
        {
            throw new InvalidOperationException($"The call {call} has responded already.");
        }

        _calls[number] = call with { Responded = NextMoment(), Outcome = outcome };
    }

    /// <summary>What was written so far.</summary>
    /// <param name="isQuiescent">Whether nothing goes on any more (<see cref="History.IsQuiescent"/>).</param>
    public History ToHistory(bool isQuiescent = false) => new([.. _calls], isQuiescent);

    private HistoryMoment NextMoment() =>
        EventLoop.Running is { } loop
            ? new HistoryMoment(_moments++, loop.Step, loop.Time)
            : new HistoryMoment(_moments++, 0, Instant.Zero);
}
