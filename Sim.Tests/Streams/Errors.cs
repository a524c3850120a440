using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What a call over the network fails with.</summary>
internal static class Errors
{
    public static async Task<NetworkException> OfAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (NetworkException error)
        {
            return error;
        }

        throw new AssertionException("It succeeded.");
    }
}
