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
        yield return Shot("crowd", () => pages.Crowd, new TabOptions(Width: 1000, Height: 700));

        yield return Shot("help", () => pages.Small, new TabOptions(Height: 1100), static tab => tab.PressAsync("?"));
        yield return Shot("lanes", () => pages.Large, new TabOptions(IsDark: true), static tab => tab.ClickAsync("[popovertarget=lanes]"));
        yield return Shot("search", () => pages.Small, new TabOptions(), static async tab =>
        {
            await tab.PressAsync("/");
            await tab.TypeAsync("withdraw");
            await tab.PressAsync("Enter");
        });
        foreach (var zoom in (int[])[2, 5])
        {
            yield return Shot($"zoom-{zoom}", () => pages.Large, new TabOptions(), async tab =>
            {
                for (var i = 0; i < zoom; i++)
                {
                    await tab.PressAsync("-");
                }
            });
        }

        // The pictures in the documents.
        foreach (var isDark in (bool[])[false, true])
        {
            yield return Shot("timeline", () => pages.Small, new TabOptions(1440, 720, isDark));
        }

        BrowserCheck Shot(string name, Func<string> page, TabOptions options, Func<Tab, Task>? first = null)
        {
            var file = $"{name}-{(options.IsDark ? "dark" : "light")}-{options.Width}.png";
            return new BrowserCheck($"screenshot {file}", options, page, async (tab, _) =>
            {
                await (first?.Invoke(tab) ?? Task.CompletedTask);
                await tab.ShootAsync(Path.Combine(folder, file));
            });
        }
    }
}
