namespace Sim.Core;

/// <summary>Where and when the code that asks runs, in the words of error messages.</summary>
internal static class Places
{
    /// <summary>"at 1.500s in task main", "at 0s in a callback", "outside of any loop". Any thread.</summary>
    public static string Here()
    {
        if (EventLoop.Running is not { } loop)
        {
            return "outside of any loop";
        }

        return loop.StepContext switch
        {
            { IsTask: true } task => $"at {loop.Time} in task {task.Name}",
            not null => $"at {loop.Time} in a callback",
            null => $"at {loop.Time} in {loop.Options.Name}",
        };
    }
}
