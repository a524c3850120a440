namespace Sim.BrowserTests;

/// <summary>Light and dark, wide and narrow.</summary>
internal static class LookChecks
{
    private const string Ground = "getComputedStyle(document.body).backgroundColor";
    private static readonly TabOptions _usual = new();

    public static IEnumerable<BrowserCheck> All(TimelinePages pages) =>
    [
        new("The theme is the system's until the reader chooses one", _usual, () => pages.Small, async (tab, _) =>
        {
            var light = await tab.EvaluateAsync<string>(Ground);
            await tab.SetSchemeAsync(isDark: true);
            await tab.SettleAsync();
            var dark = await tab.EvaluateAsync<string>(Ground);
            Expect.Equal(false, light == dark, "the system's dark is light");
            await tab.ClickAsync("#theme");
            Expect.Equal($"Theme: light {light}", await ThemeAsync(tab), "the chosen theme");
            await tab.PressAsync("t");
            Expect.Equal($"Theme: dark {dark}", await ThemeAsync(tab), "the next theme");
            await tab.PressAsync("t");
            Expect.Equal("Theme: auto", await tab.TextAsync("#theme"), "the theme");
        }),
        Readable(pages, _usual),
        Readable(pages, _usual with { IsDark = true }),
        .. ((int[])[360, 420, 768, 1024, 2560]).Select(width => Fitting(pages, width)),
        new("Two hundred lanes scroll sideways with their names", _usual, () => pages.Crowd, async (tab, _) =>
        {
            await tab.EvaluateAsync<bool>("(document.querySelector('.scroller').scrollLeft = 2400, true)");
            await tab.SettleAsync();
            var names = await tab.TextAsync(".lane-names");
            Expect.Contains(names, "guest-110");
            Expect.Equal(false, names.Contains("guest-1\n", StringComparison.Ordinal), "names out of view are there");
        }),
    ];

    private static async Task<string> ThemeAsync(Tab tab) => $"{await tab.TextAsync("#theme")} {await tab.EvaluateAsync<string>(Ground)}";

    private static BrowserCheck Readable(TimelinePages pages, TabOptions options) =>
        new($"Text has a contrast of at least 4.5 in {(options.IsDark ? "dark" : "light")}", options, () => pages.Small, async (tab, _) =>
            Expect.Equal("", await tab.EvaluateAsync<string>(Contrast), "what has less"));

    private static BrowserCheck Fitting(TimelinePages pages, int width) =>
        new($"It fits a window {width} wide", _usual with { Width = width }, () => pages.Small, async (tab, _) =>
        {
            Expect.Equal(width, await tab.EvaluateAsync<int>("document.documentElement.scrollWidth"), "the width of the page");
            var height = await tab.EvaluateAsync<int>("document.querySelector('#run-0 .scroller').clientHeight");
            Expect.Equal(true, height >= 130, $"{height} pixels are room for steps");
            Expect.Equal(width >= 900 ? 0 : 1, await tab.CountAsync("#run-1[hidden]"), "runs that are hidden");
        });

    // The rule of WCAG 2 for every element that shows text of its own on a plain ground.
    private const string Contrast = """
        (() => {
          const parse = colour => colour.match(/[\d.]+/g).map(Number);
          const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const isSolid = one => (parse(getComputedStyle(one).backgroundColor)[3] ?? 1) > 0.9;
          const groundOf = one => isSolid(one) ? parse(getComputedStyle(one).backgroundColor) : groundOf(one.parentElement);
          const hasText = one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
          const weak = new Set();
          for (const one of document.querySelectorAll('body *')) {
            if (!hasText(one) || !one.checkVisibility() || one.closest(':disabled, script, .visually-hidden, .apart')) continue;
            const [light, dark] = [luminance(parse(getComputedStyle(one).color)), luminance(groundOf(one))].sort((a, b) => b - a);
            const contrast = (light + 0.05) / (dark + 0.05);
            if (contrast < 4.5) weak.add(`${one.tagName}.${one.className} ${contrast.toFixed(2)}`);
          }
          return [...weak].join(', ');
        })()
        """;
}
