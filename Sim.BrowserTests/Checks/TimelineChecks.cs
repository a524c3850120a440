namespace Sim.BrowserTests;

/// <summary>What the page of a timeline must do, as a reader would try it.</summary>
internal static class TimelineChecks
{
    private const string ChosenLabel = "document.querySelector('#run-0 [aria-selected=true]').getAttribute('aria-label')";

    private static readonly TabOptions _usual = new();

    public static IEnumerable<BrowserCheck> All(TimelinePages pages) =>
        [.. Reading(pages), .. KeyboardChecks.All(pages), .. FilterChecks.All(pages), .. LookChecks.All(pages), .. LargeChecks.All(pages)];

    private static IEnumerable<BrowserCheck> Reading(TimelinePages pages) =>
    [
        new("The head tells what happened, why, by which decisions, and how to replay it", _usual, () => pages.Small, async (tab, _) =>
        {
            var head = await tab.TextAsync("#head");
            Expect.Contains(head, "account-race", "The account is overdrawn", "It fails because the 3rd step of card");
            Expect.Contains(head, "card's 1st step runs ahead of rent's 1st step");
            Expect.Contains(head, "sim replay Samples account-race@2:", "SIM_REPLAY=account-race@2:", "13 steps", "33 events");
            Expect.Contains(head, "2 DECISIONS OTHER THAN FIRST IN, FIRST OUT", $"trace {pages.ShrunkHash}");
            Expect.Equal(0, await tab.CountAsync("#head .near, #run-0 .panel-title button"), "words of another run");
            Expect.Equal("account-race · timeline", await tab.EvaluateAsync<string>("document.title"), "the title");
        }),
        new("It opens at the steps that decide, in both runs", _usual, () => pages.Small, async (tab, _) =>
        {
            Expect.Contains(await tab.EvaluateAsync<string>(ChosenLabel), "Step 6: card", "the order here decides");
            var other = await tab.EvaluateAsync<string>("document.querySelector('#run-1 [aria-selected=true]').getAttribute('aria-label')");
            Expect.Contains(other, "Step 6: rent", "70 paid: 30 left", "the order here decides");
            Expect.Equal("2 2", await tab.EvaluateAsync<string>(
                "['#run-0', '#run-1'].map(run => document.querySelectorAll(`${run} .row.decides`).length).join(' ')"), "rows that decide");
        }),
        new("A click chooses a step, and the pane tells all about it", _usual, () => pages.Small, async (tab, _) =>
        {
            await tab.ClickAsync("#run-0 [aria-label^='Step 9:']");
            var details = await tab.TextAsync("#details");
            Expect.Contains(details, "Step 9", "card", "50 paid: -20 left", "WithdrawAsync (RacyAccount.cs:", "step 6 (card)");
            await tab.ClickAsync("#details h3 + ul button, #details h3 + button");
            Expect.Contains(await tab.EvaluateAsync<string>(ChosenLabel), "Step 6: card");
        }),
        new("Runs scroll together, whichever is scrolled", _usual with { Height = 520 }, () => pages.Small, async (tab, _) =>
        {
            await tab.EvaluateAsync<bool>("(document.querySelector('#run-0 .scroller').scrollTop = 40, true)");
            await tab.WaitAsync("document.querySelector('#run-1 .scroller').scrollTop === 40");
            await tab.EvaluateAsync<bool>("(document.querySelector('#run-1 .scroller').scrollTop = 10, true)");
            await tab.WaitAsync("document.querySelector('#run-0 .scroller').scrollTop === 10");
        }),
        new("The head tells the run that was asked about, where one near it is shown", _usual, () => pages.Large, async (tab, _) =>
        {
            var head = await tab.TextAsync("#head");
            Expect.Contains(head, "No special schedule is needed", "Below stands a run near it", "sim replay Warehouse warehouse@2:");
            Expect.Contains(await tab.TextAsync("#run-0 .panel-title"), "2 decisions", "Copy replay");
            Expect.Contains(await tab.TextAsync("#run-1 .panel-title"), "1 decision", "Copy replay");
            await tab.AllowClipboardAsync();
            await tab.ClickAsync("#run-0 .panel-title button");
            await tab.WaitAsync("document.querySelector('#run-0 .panel-title button').textContent === 'Copied'");
            var copied = await tab.EvaluateAsync<string>("navigator.clipboard.readText()");
            Expect.Contains(copied, "sim replay Warehouse warehouse@2:", ".ann-3.");
            Expect.Equal(false, head.Contains(copied, StringComparison.Ordinal), "that it is the line of the head");
        }),
        new("A command is copied", _usual, () => pages.Small, async (tab, _) =>
        {
            await tab.AllowClipboardAsync();
            await tab.ClickAsync("#head .command button");
            await tab.WaitAsync("document.querySelector('#head .command button').textContent === 'Copied'");
            Expect.Equal(
                await tab.EvaluateAsync<string>("document.querySelector('#head .command code').textContent"),
                await tab.EvaluateAsync<string>("navigator.clipboard.readText()"), "the clipboard");
            Expect.Contains(await tab.TextAsync("#status"), "copied");
        }),
        new("A command is copied without the newer clipboard too", _usual, () => pages.Small, async (tab, _) =>
        {
            await tab.EvaluateAsync<bool>("(navigator.clipboard.writeText = () => Promise.reject(new Error('no')), true)");
            await tab.ClickAsync("#head .command + .command button");
            await tab.WaitAsync("document.querySelector('#head .command + .command button').textContent === 'Copied'");
        }),
        new("Names that are markup stay text", _usual, () => pages.Hostile, async (tab, _) =>
        {
            Expect.Equal("undefined", await tab.EvaluateAsync<string>("typeof window.broken"), "what a name has run");
            Expect.Equal(0, await tab.CountAsync("body b, body img"), "made elements");
            Expect.Equal(2, await tab.CountAsync("script"), "scripts");
            Expect.Contains(await tab.TextAsync("body"), "</title><script>window.broken = 1</script>", "<b>not bold</b> &amp; \"quoted\"");
            await tab.PressAsync("Home");
            await tab.PressAsync("ArrowDown");
            Expect.Contains(await tab.TextAsync("#details"), "</script><script>window.broken = 2</script>", "{{script}} {{data}}");
        }),
        new("A run that holds has no failure and no run beside it", _usual, () => pages.Holding, async (tab, _) =>
        {
            Expect.Contains(await tab.TextAsync("#head"), "holds", "fifo");
            Expect.Equal(1, await tab.CountAsync(".panel"), "runs");
            Expect.Equal(0, await tab.CountAsync("#head .message, #view-both"), "parts of a failure");
        }),
    ];
}
