namespace Sim.BrowserTests;

/// <summary>A hundred thousand events, twice.</summary>
internal static class LargeChecks
{
    private static readonly TabOptions _usual = new();

    // Generous: a machine may be slow or busy. What is measured is printed.
    private const double MostMillisecondsToOpen = 10_000;
    private const double MostMillisecondsForAFrame = 250;

    private const string InView = """
        (() => {
          const list = document.querySelector('.scroller').getBoundingClientRect();
          const row = document.querySelector('.row[aria-selected=true]').getBoundingClientRect();
          return row.top >= list.top - 1 && row.bottom <= list.bottom + 1;
        })()
        """;

    public static IEnumerable<BrowserCheck> All(TimelinePages pages) =>
    [
        new("A hundred thousand events open, at the steps that decide", _usual, () => pages.Large, async (tab, milliseconds) =>
        {
            var events = await tab.EvaluateAsync<int>(
                "Number(document.querySelector('#head .facts').textContent.match(/([\\d,]+) events/)[1].replaceAll(',', ''))");
            Expect.Equal(true, events > 100_000, $"{events} events are enough");
            Console.WriteLine($"        {events} events in each of two runs: open after {milliseconds:F0} ms");
            Expect.Equal(true, milliseconds < MostMillisecondsToOpen, $"{milliseconds} ms to open are few enough");
            Expect.Contains(await tab.ActiveLabelAsync(), "bob", "the order here decides");
        }),
        new("Few of its rows exist at a time, wherever one scrolls", _usual, () => pages.Large, async (tab, _) =>
        {
            var longest = await tab.EvaluateAsync<double>("""
                (async () => {
                  const scroller = document.querySelector('#run-0 .scroller');
                  const frame = () => new Promise(done => requestAnimationFrame(done));
                  let longest = 0;
                  for (let at = 0; at < 60; at++) {
                    scroller.scrollTop = scroller.scrollHeight * at / 60;
                    const before = performance.now();
                    await frame(); await frame();
                    longest = Math.max(longest, performance.now() - before);
                    if (document.querySelectorAll('.row').length > 200) throw new Error('too many rows');
                  }
                  return longest / 2;
                })()
                """);
            Console.WriteLine($"        the slowest frame of 60 jumps: {longest:F0} ms");
            Expect.Equal(true, longest < MostMillisecondsForAFrame, $"{longest} ms for a frame are few enough");
        }),
        new("Its ends are a key away, and a screen reader finds the row", _usual, () => pages.Large, async (tab, _) =>
        {
            await tab.PressAsync("End");
            Expect.Contains(await tab.ActiveLabelAsync(), "RunUntilComplete", "FAILS");
            await tab.PressAsync("Home");
            Expect.StartsWith("Before the first step", await tab.ActiveLabelAsync(), "after Home");
            Expect.Equal(0, await tab.CountAsync(".row:not([aria-setsize='50494'])"), "rows that do not know the size of the list");
        }),
        new("The search finds thousands, and goes through them", _usual, () => pages.Large, async (tab, _) =>
        {
            await tab.PressAsync("/");
            await tab.TypeAsync("takes errand 77");
            Expect.Equal("40 steps", await tab.TextAsync("#count"), "the count");
            await tab.PressAsync("Enter");
            Expect.Contains(await tab.ActiveLabelAsync("#run-0 .scroller"), "takes errand 77");
        }),
        new("A filter leaves two lanes of forty", _usual, () => pages.Large, async (tab, _) =>
        {
            await tab.ClickAsync("[popovertarget=lanes]");
            await tab.ClickAsync("#lanes-none");
            foreach (var lane in (string[])["ann", "bob"])
            {
                await tab.EvaluateAsync<bool>($"(document.querySelector('[data-lane={lane}]').click(), true)");
            }

            await tab.SettleAsync();
            Expect.Equal(6, await tab.EvaluateAsync<int>("document.querySelectorAll('#run-0 .row').length"), "rows");
            Expect.Contains(await tab.TextAsync("#run-0 .space"), "reads 0", "writes 1");
        }),
        new("The strip at the side goes anywhere with a click", _usual, () => pages.Large, async (tab, _) =>
        {
            await tab.ClickAsync("#run-0 .overview");
            var share = await tab.EvaluateAsync<double>(
                "(one => (one.scrollTop + one.clientHeight / 2) / one.scrollHeight)(document.querySelector('#run-0 .scroller'))");
            Expect.Equal(true, share is > 0.48 and < 0.52, $"{share} is the middle");
        }),
        new("Half a million steps are in reach, beyond what a browser can scroll", _usual, () => pages.Endless, async (tab, milliseconds) =>
        {
            Console.WriteLine($"        {EndlessRun.Steps} steps: open after {milliseconds:F0} ms");
            await tab.PressAsync("End");
            Expect.StartsWith($"Step {EndlessRun.Steps}: task-2", await tab.ActiveLabelAsync(), "after End");
            Expect.Equal(true, await tab.EvaluateAsync<bool>(InView), "the last step is in view");
            await tab.PressAsync("PageUp");
            await tab.PressAsync("ArrowUp");
            Expect.Equal(true, await tab.EvaluateAsync<bool>(InView), "the step is in view");
            await tab.PressAsync("ArrowLeft");
            Expect.Equal(true, await tab.EvaluateAsync<bool>(InView), "its cause is in view");
            await tab.EvaluateAsync<bool>("(one => (one.scrollTop = one.scrollHeight / 2, true))(document.querySelector('.scroller'))");
            await tab.SettleAsync();
            var middle = await tab.EvaluateAsync<int>("Number([...document.querySelectorAll('.row .number')].at(5).textContent)");
            Expect.Equal(true, middle is > 249_000 and < 251_000, $"{middle} is about the middle");
        }),
        new("The smallest zoom shows hundreds of steps", _usual, () => pages.Large, async (tab, _) =>
        {
            for (var i = 0; i < 6; i++)
            {
                await tab.PressAsync("-");
            }

            await tab.PressAsync("f");
            Expect.Contains(await tab.ActiveLabelAsync(), "FAILS");
        }),
    ];
}
