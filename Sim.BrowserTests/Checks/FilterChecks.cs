namespace Sim.BrowserTests;

/// <summary>Filters and the search with the mouse.</summary>
internal static class FilterChecks
{
    private const string Rows = "document.querySelectorAll('#run-0 .row').length";
    private static readonly TabOptions _usual = new();

    public static IEnumerable<BrowserCheck> All(TimelinePages pages) =>
    [
        new("A lane is hidden with its steps, and comes back", _usual, () => pages.Small, async (tab, _) =>
        {
            await tab.ClickAsync("[popovertarget=lanes]");
            await tab.ClickAsync("[data-lane=card]");
            Expect.Contains(await tab.TextAsync("[popovertarget=lanes]"), "4 of 5");
            Expect.Equal(10, await tab.EvaluateAsync<int>(Rows), "rows without card");
            Expect.Contains(await tab.TextAsync("#run-0 .facts"), "10 of 14 rows shown");
            var names = await tab.TextAsync("#run-0 .lane-names");
            Expect.Equal(false, names.Contains("card", StringComparison.Ordinal), "the name of the lane is there");
            await tab.ClickAsync("#lanes-none");
            Expect.Equal(0, await tab.EvaluateAsync<int>(Rows), "rows without lanes");
            await tab.ClickAsync("#lanes-all");
            Expect.Equal(14, await tab.EvaluateAsync<int>(Rows), "rows");
            await tab.PressAsync("Escape");
        }),
        new("Only steps of the chosen kinds are left", _usual, () => pages.Small, async (tab, _) =>
        {
            await tab.ClickAsync("[popovertarget=kinds]");
            await tab.ClickAsync("#kind-notes");
            Expect.Equal(5, await tab.EvaluateAsync<int>(Rows), "rows with notes");
            Expect.Contains(await tab.TextAsync("[popovertarget=kinds]"), "notes");
            await tab.ClickAsync("#kind-failures");
            Expect.Equal(6, await tab.EvaluateAsync<int>(Rows), "rows with notes or failures");
            await tab.ClickAsync("#kinds-clear");
            Expect.Equal(14, await tab.EvaluateAsync<int>(Rows), "rows");
        }),
        new("What a filter hides is not found, and a link to it says so", _usual, () => pages.Small, async (tab, _) =>
        {
            await tab.ClickAsync("[popovertarget=kinds]");
            await tab.ClickAsync("#kind-failures");
            await tab.PressAsync("Escape");
            await tab.ClickAsync("#search");
            await tab.TypeAsync("granted");
            Expect.Equal("no match", await tab.TextAsync("#count"), "the count");
            await tab.ClickAsync("#head .decisions button");
            Expect.Contains(await tab.TextAsync("#status"), "hidden by the filter");
        }),
        new("A number finds its step, a name its task, buttons go on", _usual, () => pages.Small, async (tab, _) =>
        {
            await tab.ClickAsync("#search");
            await tab.TypeAsync("#12");
            await tab.ClickAsync("#next");
            Expect.StartsWith("Step 12: main", await tab.ActiveLabelAsync("#run-0 .scroller"), "the step");
            await tab.EvaluateAsync<bool>("(document.querySelector('#search').value = '', true)");
            await tab.ClickAsync("#search");
            await tab.TypeAsync("phone");
            Expect.Equal("4 steps", await tab.TextAsync("#count"), "the count");
            await tab.ClickAsync("#previous");
            Expect.StartsWith("Step 8: phone", await tab.ActiveLabelAsync("#run-0 .scroller"), "the step before");
        }),
        new("Zoom goes from text to picture and back, and keeps the chosen step in view", _usual, () => pages.Small, async (tab, _) =>
        {
            for (var i = 0; i < 8; i++)
            {
                await tab.PressAsync("-");
            }

            Expect.Equal(1, await tab.EvaluateAsync<int>(Rows), "rows as elements");
            Expect.StartsWith("Step 6:", await tab.ActiveLabelAsync(), "the chosen step");
            Expect.Equal(true, await tab.EvaluateAsync<bool>("document.querySelector('#smaller').disabled"), "the button is spent");
            await tab.PressAsync("0");
            Expect.Equal(14, await tab.EvaluateAsync<int>(Rows), "rows");
        }),
    ];
}
