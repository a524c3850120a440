using System.Reflection;
using System.Runtime.ExceptionServices;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using Sim.World;

namespace Sim.Testing.NUnit;

/// <summary>One call of a test body with the set-up and tear-down of its fixture, on a fixture of its own.</summary>
/// <param name="type">The fixture's type.</param>
/// <param name="body">The body, on a fixture; null for static methods.</param>
/// <param name="source">Gives the fixture of a run.</param>
public sealed class FixtureRun(Type type, Func<object?, Task> body, FixtureSource source)
{
    private readonly FixtureLevel[] _levels = FixtureLevel.Of(type);

    /// <summary>The set-up, the body, and the tear-down whatever became of it. Throws what the first of them threw.</summary>
    /// <exception cref="SetUpException">A set-up failed: the body was not called.</exception>
    /// <exception cref="TearDownException">The body held, and a tear-down failed.</exception>
    public async Task RunAsync()
    {
        var fixture = source.Make();
        var begun = new Stack<FixtureLevel>();
        var first = await SetUpAsync(fixture, begun) ?? await CatchAsync(() => body(fixture));
        Tell(first);
        while (begun.TryPop(out var level))
        {
            foreach (var tearDown in level.TearDowns)
            {
                Note(ref first, tearDown.Name, await CatchAsync(() => CallAsync(tearDown, fixture)));
            }
        }

        Note(ref first, "Dispose", await CatchAsync(() => source.DisposeAsync(fixture).AsTask()));
        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    // Of a level whose set-up has begun the tear-down runs, as in NUnit.
    private async Task<Exception?> SetUpAsync(object? fixture, Stack<FixtureLevel> begun)
    {
        foreach (var level in _levels)
        {
            begun.Push(level);
            foreach (var setUp in level.SetUps)
            {
                if (await CatchAsync(() => CallAsync(setUp, fixture)) is { } error)
                {
                    return Says(error) ? error : new SetUpException(setUp.Name, error);
                }
            }
        }

        return null;
    }

    // The test's own failure stands; a tear-down that fails after it most likely fails because of it, and is told in the trace.
    private static void Note(ref Exception? first, string tearDown, Exception? error)
    {
        if (error is null)
        {
            return;
        }

        if (first is null)
        {
            first = Says(error) ? error : new TearDownException(tearDown, error);
            Tell(first);
            return;
        }

        Simulation.Current.Note($"the tear-down {tearDown} fails too: {error.GetType().Name}: {error.Message.Trim()}");
    }

    // Not a failure, but what the test says of itself: ignored, inconclusive, passed.
    private static bool Says(Exception error) => error is ResultStateException { ResultState.Status: not TestStatus.Failed };

    // A tear-down may ask what became of the test.
    private static void Tell(Exception? error)
    {
        if (TestExecutionContext.CurrentContext is TestExecutionContext.AdhocContext)
        {
            return;
        }

        var own = TestExecutionContext.CurrentContext.CurrentResult;
        if (error is null)
        {
            own.RecordTestCompletion();
        }
        else if (own.ResultState.Status != TestStatus.Failed)
        {
            own.SetResult((error as ResultStateException)?.ResultState ?? ResultState.Error, error.Message);
        }
    }

    private static async Task<Exception?> CatchAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (MultipleAssertException several)
        {
            return new MultipleAssertionException(several.TestResult);
        }
        catch (Exception error)
        {
            return error;
        }
    }

    private static Task CallAsync(MethodInfo method, object? fixture)
    {
        if (AsyncMethods.IsAsync(method))
        {
            return AsyncMethods.Bind(method, fixture, [])();
        }

        method.Invoke(fixture, BindingFlags.DoNotWrapExceptions, null, [], null);
        return Task.CompletedTask;
    }
}
