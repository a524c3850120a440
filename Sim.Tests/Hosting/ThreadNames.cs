namespace Sim.Tests;

/// <summary>On which thread the caller runs, in a word.</summary>
internal static class ThreadNames
{
    public static string Here() => Thread.CurrentThread.IsThreadPoolThread ? "pool" : Thread.CurrentThread.Name ?? "unnamed";
}
