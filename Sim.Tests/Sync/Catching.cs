using NUnit.Framework;

namespace Sim.Tests;

/// <summary>Awaits what must fail. NUnit's own asserts for this block the thread, which a loop refuses.</summary>
internal static class Catching
{
    public static async Task<TException> Async<TException>(Func<Task> body)
        where TException : Exception
    {
        try
        {
            await body();
        }
        catch (TException error)
        {
            return error;
        }

        throw new AssertionException($"Expected {typeof(TException).Name}, but nothing was thrown.");
    }
}
