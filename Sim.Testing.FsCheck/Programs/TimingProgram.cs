using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sim.Core;
using static Sim.Testing.FsCheck.TimingOperation;

namespace Sim.Testing.FsCheck;

/// <summary>
/// A small program about nothing but time and order, as data: what its main task does, with callbacks, tasks, futures and
/// cancellations inside. It runs on any event loop, through the public API only, and always ends. Immutable.
/// </summary>
public sealed class TimingProgram
{
    /// <summary>A program whose main task does <paramref name="main"/>.</summary>
    /// <exception cref="ArgumentException">The body of a callback holds an operation that waits.</exception>
    public TimingProgram(IEnumerable<TimingOperation> main)
    {
        Main = [.. main];
        var all = Flatten(Main).ToList();
        Size = all.Count;
        Delays = all.Sum(static operation => DelayOf(operation));
        AwaitsFutures = all.Exists(static operation => operation is AwaitFuture);
        if (all.Exists(static operation => operation is CallSoon or CallLater && operation.Bodies[0].Any(static inner => inner.Waits)))
        {
            throw new ArgumentException("The body of a callback cannot wait: sleep, yield, gather, guard and await belong into tasks.", nameof(main));
        }
    }

    /// <summary>What the main task does.</summary>
    public ImmutableArray<TimingOperation> Main { get; }

    /// <summary>How many operations there are, those inside of others included.</summary>
    public int Size { get; }

    /// <summary>The sum of all delays in milliseconds: nothing of the program takes longer, except waiting for a future.</summary>
    public int Delays { get; }

    /// <summary>Whether some task awaits a future, so that the program may have to be helped to its end.</summary>
    public bool AwaitsFutures { get; }

    /// <summary>After how many milliseconds the futures that nobody has set are set.</summary>
    public int ReleaseAfter => Delays + 1;

    /// <summary>Runs the program on a loop that does not run yet, until all of it has ended.</summary>
    /// <returns>The log.</returns>
    public IReadOnlyList<TimingEntry> RunOn(EventLoop loop)
    {
        var log = new List<TimingEntry>();
        loop.RunUntilComplete(Start(loop, log.Add));
        return log;
    }

    /// <summary>Starts the program on a loop, running or not.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="log">Told every line.</param>
    /// <returns>A future that is done when all callbacks and tasks of the program have ended.</returns>
    public Future<ValueTuple> Start(EventLoop loop, Action<TimingEntry> log)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(log);
        return new TimingInterpreter(this, loop, log).Start();
    }

    /// <summary>The program, an operation a line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("main:");
        Append(text, Main, 1);
        return text.ToString();
    }

    /// <summary>The delay of an operation in milliseconds, 0 if it has none.</summary>
    internal static int DelayOf(TimingOperation operation) => operation switch
    {
        Sleep sleep => sleep.Milliseconds,
        CallLater later => later.Milliseconds,
        _ => 0,
    };

    private static IEnumerable<TimingOperation> Flatten(IEnumerable<TimingOperation> operations) =>
        operations.SelectMany(static operation => Flatten(Inside(operation)).Prepend(operation));

    private static IEnumerable<TimingOperation> Inside(TimingOperation operation) =>
        operation is Gather gather ? gather.Children : operation.Bodies.SelectMany(static body => body);

    private static void Append(StringBuilder text, ImmutableArray<TimingOperation> body, int depth)
    {
        foreach (var operation in body)
        {
            text.Append('\n').Append(' ', depth * 2).Append(Describe(operation));
            if (operation is Gather gather)
            {
                foreach (var child in gather.Children)
                {
                    text.Append('\n').Append(' ', (depth + 1) * 2).Append(Describe(child));
                    Append(text, child.Body, depth + 2);
                }
            }
            else if (!operation.Bodies.IsEmpty)
            {
                Append(text, operation.Bodies[0], depth + 1);
            }
        }
    }

    private static string Describe(TimingOperation operation) => operation switch
    {
        Log log => Line($"log {log.Number}"),
        Sleep sleep => Line($"sleep {sleep.Milliseconds}ms"),
        Yield => "yield",
        CallSoon soon => Line($"call soon callback{soon.Number}"),
        CallLater later => Line($"call after {later.Milliseconds}ms callback{later.Number}"),
        Spawn spawn => Line($"create task{spawn.Number}"),
        Gather => "gather",
        SetFuture set => Line($"set future{set.Future}"),
        AwaitFuture wait => Line($"await future{wait.Future}"),
        CancelCallback cancel => Line($"cancel callback{cancel.Number}"),
        CancelTask cancel => cancel.Number == 0 ? "cancel main" : Line($"cancel task{cancel.Number}"),
        Guard => "catching cancellations",
        _ => operation.ToString(),
    };

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
