namespace Sim.BrowserTests;

/// <summary>Something that a page must do, in a tab of its own.</summary>
/// <param name="Name">What, as a sentence.</param>
/// <param name="Options">How the tab is opened.</param>
/// <param name="Page">Which page.</param>
/// <param name="Drive">Does it, and throws where the page does not.</param>
internal sealed record BrowserCheck(string Name, TabOptions Options, Func<string> Page, Func<Tab, double, Task> Drive)
{
    /// <returns>What went wrong; null if nothing did.</returns>
    public async Task<string?> RunAsync(Chromium browser)
    {
        await using var tab = await browser.OpenAsync(Options);
        try
        {
            var milliseconds = await tab.LoadAsync(Page());
            await Drive(tab, milliseconds);
        }
        catch (Exception wrong) when (wrong is CheckException or InvalidOperationException or TimeoutException)
        {
            return $"{wrong.Message} {string.Join(' ', tab.Complaints)}";
        }

        return tab.Complaints is [] ? null : $"The browser complains: {string.Join("; ", tab.Complaints)}";
    }
}
