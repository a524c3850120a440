namespace Sim.BrowserTests;

/// <summary>The page with the keyboard alone.</summary>
internal static class KeyboardChecks
{
    private static readonly TabOptions _usual = new();

    public static IEnumerable<BrowserCheck> All(TimelinePages pages) =>
    [
        new("Arrows, letters, Home and End move through the steps", _usual, () => pages.Small, async (tab, _) =>
        {
            foreach (var (key, step) in (IEnumerable<(string, string)>)
                [("ArrowDown", "Step 7"), ("j", "Step 8"), ("ArrowUp", "Step 7"), ("k", "Step 6"),
                ("Home", "Before the first step"), ("End", "Step 13"), ("PageUp", "Before the first step"), ("PageDown", "Step 13")])
            {
                await tab.PressAsync(key);
                Expect.StartsWith($"{step}:", await tab.ActiveLabelAsync(), $"after {key}");
            }
        }),
        new("Arrows follow causes, brackets follow a lane", _usual, () => pages.Small, async (tab, _) =>
        {
            foreach (var (key, step) in (IEnumerable<(string, string)>)
                [("ArrowLeft", "Step 3: card"), ("ArrowLeft", "Step 2: card"), ("ArrowLeft", "Step 1: main"),
                ("ArrowRight", "Step 2: card"), ("]", "Step 3: card"), ("]", "Step 6: card"), ("]", "Step 9: card"),
                ("]", "Step 9: card"), ("[", "Step 6: card")])
            {
                await tab.PressAsync(key);
                Expect.StartsWith(step, await tab.ActiveLabelAsync(), $"after {key}");
            }
        }),
        new("Letters go to decisions, to what decides, to the failure", _usual, () => pages.Small, async (tab, _) =>
        {
            await tab.PressAsync("Home");
            foreach (var (key, shift, step) in (IEnumerable<(string, bool, string)>)
                [("d", false, "Step 2:"), ("d", false, "Step 3:"), ("D", true, "Step 2:"),
                ("p", false, "Step 6:"), ("p", false, "Step 7:"), ("f", false, "Step 13:")])
            {
                await tab.PressAsync(key, shift);
                Expect.StartsWith(step, await tab.ActiveLabelAsync(), $"after {key}");
            }

            Expect.Contains(await tab.TextAsync("#details"), "The account is overdrawn");
        }),
        new("The other run is a key away, at the same step of the same task", _usual, () => pages.Small, async (tab, _) =>
        {
            await tab.PressAsync("o");
            Expect.StartsWith("Step 7: card", await tab.ActiveLabelAsync(), "in the other run");
            Expect.Equal("run-1", await tab.EvaluateAsync<string>("document.activeElement.closest('.panel').id"), "where the focus is");
            Expect.Equal(1, await tab.CountAsync("#run-0 .row.twin"), "rows framed in the first run");
            await tab.PressAsync("v");
            await tab.PressAsync("v");
            Expect.Equal(1, await tab.CountAsync("#run-0[hidden], #run-1[hidden]"), "hidden runs");
            Expect.Equal(1, await tab.CountAsync("#run-0[hidden]"), "hidden first runs");
            await tab.PressAsync("v");
            Expect.Equal(1, await tab.CountAsync("#view-both[aria-pressed=true]"), "both");
        }),
        new("The search has keys: find, next, previous, out again", _usual, () => pages.Small, async (tab, _) =>
        {
            await tab.PressAsync("/");
            Expect.Equal("search", await tab.EvaluateAsync<string>("document.activeElement.id"), "the focus");
            await tab.TypeAsync("PAID:");
            Expect.Equal("2 steps", await tab.TextAsync("#count"), "the count");
            await tab.PressAsync("Enter");
            Expect.Equal("1 of 2", await tab.TextAsync("#count"), "the count");
            Expect.StartsWith("Step 7: rent", await tab.ActiveLabelAsync("#run-0 .scroller"), "the first match");
            await tab.PressAsync("Enter");
            Expect.StartsWith("Step 9: card", await tab.ActiveLabelAsync("#run-0 .scroller"), "the second match");
            await tab.PressAsync("Enter", shift: true);
            Expect.StartsWith("Step 7: rent", await tab.ActiveLabelAsync("#run-0 .scroller"), "the first match again");
            Expect.Equal(3, await tab.EvaluateAsync<int>("document.querySelectorAll('.row mark').length"), "marked words");
            await tab.PressAsync("Escape");
            Expect.Equal("", await tab.EvaluateAsync<string>("document.querySelector('#search').value"), "the search");
            Expect.Equal("listbox", await tab.EvaluateAsync<string>("document.activeElement.getAttribute('role')"), "the focus");
        }),
        new("Enter goes to the pane, Tab into it, Escape back", _usual, () => pages.Small, async (tab, _) =>
        {
            await tab.PressAsync("Enter");
            Expect.Equal("details", await tab.EvaluateAsync<string>("document.activeElement.id"), "the focus");
            await tab.PressAsync("Tab");
            Expect.Equal("details", await tab.EvaluateAsync<string>("document.activeElement.closest('aside').id"), "where the focus is");
            await tab.PressAsync("Escape");
            Expect.Equal("listbox", await tab.EvaluateAsync<string>("document.activeElement.getAttribute('role')"), "the focus");
        }),
        new("The help has every key, and letters can be turned off", _usual, () => pages.Small, async (tab, _) =>
        {
            await tab.PressAsync("?");
            Expect.Equal(true, await tab.EvaluateAsync<bool>("document.querySelector('#help').open"), "the help is open");
            Expect.Contains(await tab.TextAsync("#help"), "next step", "the failure", "Shift n", "theme");
            await tab.ClickAsync("#letters");
            await tab.PressAsync("Escape");
            await tab.PressAsync("f");
            Expect.StartsWith("Step 6:", await tab.ActiveLabelAsync(), "after a letter that is turned off");
            await tab.PressAsync("ArrowDown");
            Expect.StartsWith("Step 7:", await tab.ActiveLabelAsync(), "arrows go on working");
        }),
        new("Tab reaches every control, and what has the focus shows it", _usual, () => pages.Small, async (tab, _) =>
        {
            var reached = new HashSet<string>();
            for (var i = 0; i < 40; i++)
            {
                await tab.PressAsync("Tab");
                reached.Add(await tab.EvaluateAsync<string>(
                    "(one => one.id || one.className || one.getAttribute('aria-label') || one.textContent)(document.activeElement)"));
                var isSeen = await tab.EvaluateAsync<bool>(
                    "(one => one.matches('body, .scroller') || getComputedStyle(one).outlineStyle !== 'none')(document.activeElement)");
                Expect.Equal(true, isSeen, $"a ring around {reached.Last()}");
            }

            foreach (var control in (string[])["search", "theme", "help-button", "smaller", "view-both", "scroller"])
            {
                Expect.Equal(true, reached.Contains(control), $"Tab reaches {control}");
            }
        }),
    ];
}
