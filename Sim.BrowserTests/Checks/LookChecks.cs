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
            Expect.Equal($"Theme: light {light}", $"{await tab.TextAsync("#theme")} {await tab.EvaluateAsync<string>(Ground)}", "the chosen theme");
            await tab.PressAsync("t");
            Expect.Equal($"Theme: dark {dark}", $"{await tab.TextAsync("#theme")} {await tab.EvaluateAsync<string>(Ground)}", "the next theme");
            await tab.PressAsync("t");
            Expect.Equal("Theme: auto", await tab.TextAsync("#theme"), "the theme");
        }),
        .. ((bool[])[false, true]).Select(isDark => new BrowserCheck($"Text can be read: contrast of at least 4.5 in {(isDark ? "dark" : "light")}", _usual with { IsDark = isDark }, () => pages.Small, async (tab, _) =>
            Expect.Equal("", await tab.EvaluateAsync<string>(Contrast), "what has less"))),
        .. ((int[])[360, 420, 768, 1024, 2560]).Select(width => new BrowserCheck($"It fits a window {width} wide", _usual with { Width = width }, () => pages.Small, async (tab, _) =>
        {
            Expect.Equal(width, await tab.EvaluateAsync<int>("document.documentElement.scrollWidth"), "the width of the page");
            Expect.Equal(true, await tab.EvaluateAsync<bool>("document.querySelector('#run-0 .scroller').clientHeight >= 130"), "there is room for steps");
            var isWide = width >= 900;
            Expect.Equal(!isWide, await tab.EvaluateAsync<bool>("document.querySelector('#run-1').hidden"), "one run at a time");
        })),
        new("Two hundred lanes scroll sideways with their names", _usual, () => pages.Crowd, async (tab, _) =>
        {
            await tab.EvaluateAsync<bool>("(document.querySelector('.scroller').scrollLeft = 2400, true)");
            await tab.SettleAsync();
            var names = await tab.TextAsync(".lane-names");
            Expect.Contains(names, "guest-110");
            Expect.Equal(false, names.Contains("guest-1\n", StringComparison.Ordinal), "names out of view are there");
        }),
    ];

    // The rule of WCAG 2 for every element that shows text of its own on a plain ground.
    private const string Contrast = """
        (() => {
          const parse = colour => colour.match(/[\d.]+/g).map(Number);
          const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const groundOf = one => { for (; one; one = one.parentElement) { const c = parse(getComputedStyle(one).backgroundColor); if ((c[3] ?? 1) > 0.9) return c; } return [255, 255, 255]; };
          const weak = new Set();
          for (const one of document.querySelectorAll('body *')) {
            if (![...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()) || !one.checkVisibility() || one.closest(':disabled, script, .visually-hidden, .apart')) continue;
            const [light, dark] = [luminance(parse(getComputedStyle(one).color)), luminance(groundOf(one))].sort((a, b) => b - a);
            if ((light + 0.05) / (dark + 0.05) < 4.5) weak.add(`${one.tagName}.${one.className} ${((light + 0.05) / (dark + 0.05)).toFixed(2)}`);
          }
          return [...weak].join(', ');
        })()
        """;
}
