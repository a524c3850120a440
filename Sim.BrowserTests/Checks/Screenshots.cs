namespace Sim.BrowserTests;

/// <summary>Pictures of the pages, to be looked at.</summary>
internal static class Screenshots
{
    public static IEnumerable<BrowserCheck> All(TimelinePages pages, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, page) in (IEnumerable<(string, Func<string>)>)
            [("small", () => pages.Small), ("large", () => pages.Large), ("holding", () => pages.Holding), ("crowd", () => pages.Crowd)])
        {
            foreach (var isDark in (bool[])[false, true])
            {
                yield return Shot(name, page, new TabOptions(IsDark: isDark));
            }
        }

        yield return Shot("small", () => pages.Small, new TabOptions(Width: 420, Height: 860));
        yield return Shot("large", () => pages.Large, new TabOptions(Width: 420, Height: 860, IsDark: true));
        yield return Shot("small", () => pages.Small, new TabOptions(Width: 1920, Height: 1080));

        BrowserCheck Shot(string name, Func<string> page, TabOptions options)
        {
            var file = $"{name}-{(options.IsDark ? "dark" : "light")}-{options.Width}.png";
            return new BrowserCheck($"screenshot {file}", options, page, (tab, _) => tab.ShootAsync(Path.Combine(folder, file)));
        }
    }
}
