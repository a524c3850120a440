using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What a call over the network fails with.</summary>
internal static class Errors
{
    public static Task<NetworkException> OfAsync(Func<Task> call) => OfAsync<NetworkException>(call);

    public static async Task<T> OfAsync<T>(Func<Task> call)
        where T : Exception
    {
        try
        {
            await call();
        }
        catch (T error)
        {
            return error;
        }

        throw new AssertionException("It succeeded.");
    }
}
