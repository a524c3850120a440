using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Sim.BrowserTests;

/// <summary>A Chromium without a window, driven through its DevTools protocol. One thread at a time.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    // Without a network, and without looking for one.
    private static readonly string[] _flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-color-profile=srgb", "--remote-debugging-port=0",
    ];

    private readonly Process _process;
    private readonly DevTools _tools;

    private Chromium(Process process, DevTools tools) => (_process, _tools) = (process, tools);

    /// <summary>The browser of this machine; null if there is none on the path.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(static folder => _names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public static async Task<Chromium> StartAsync(string path, string profile)
    {
        Directory.CreateDirectory(profile);
        var start = new ProcessStartInfo(path) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var flag in (string[])[.. _flags, $"--user-data-dir={profile}", "about:blank"])
        {
            start.ArgumentList.Add(flag);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{path} does not start.");
        const string Mark = "DevTools listening on ";
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
            {
                // Somebody has to read on, or the browser stops when the pipe is full.
                _ = process.StandardError.ReadToEndAsync();
                _ = process.StandardOutput.ReadToEndAsync();
                return new Chromium(process, await DevTools.ConnectAsync(new Uri(line[Mark.Length..])));
            }
        }

        throw new InvalidOperationException($"{path} ended before it could be driven.");
    }

    /// <summary>A new tab with a size and a colour scheme, empty, which knows nothing of what other tabs remember.</summary>
    public async Task<Tab> OpenAsync(TabOptions options)
    {
        var context = (await _tools.SendAsync("Target.createBrowserContext"))["browserContextId"]!.GetValue<string>();
        var blank = new JsonObject { ["url"] = "about:blank", ["browserContextId"] = context };
        var target = await _tools.SendAsync("Target.createTarget", blank);
        var id = target["targetId"]!.GetValue<string>();
        var session = await _tools.SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = id, ["flatten"] = true });
        var tab = new Tab(_tools, context, session["sessionId"]!.GetValue<string>());
        await tab.PrepareAsync(options);
        return tab;
    }

    public async ValueTask DisposeAsync()
    {
        await _tools.DisposeAsync();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
