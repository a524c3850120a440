using NUnit.Framework;

namespace Sim.Tests;

/// <summary>What an async body throws, caught inside of the task that runs it: takes no tick of its own.</summary>
internal static class Caught
{
    /// <summary>The exception of <paramref name="body"/>, which must be a <typeparamref name="TError"/> and must come.</summary>
    public static async Task<TError> ByAsync<TError>(Func<Task> body)
        where TError : Exception
    {
        try
        {
            await body();
        }
        catch (TError error)
        {
            return error;
        }

        throw new AssertionException($"There was no {typeof(TError).Name}.");
    }

    /// <summary>Whether <paramref name="body"/> ends with a cancellation.</summary>
    public static async Task<bool> IsCancelledAsync(Func<Task> body)
    {
        try
        {
            await body();
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
