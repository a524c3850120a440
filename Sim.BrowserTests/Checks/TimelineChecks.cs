namespace Sim.BrowserTests;

internal static class TimelineChecks
{
    public static IEnumerable<BrowserCheck> All(TimelinePages pages) => [new("It opens.", new TabOptions(), () => pages.Small, (_, _) => Task.CompletedTask)];
}
