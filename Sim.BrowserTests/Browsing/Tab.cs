using System.Text.Json.Nodes;

namespace Sim.BrowserTests;

/// <summary>A tab that is driven as a reader would: keys, clicks, words, looks.</summary>
internal sealed class Tab(DevTools tools, string context, string session) : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    public async Task PrepareAsync(TabOptions options)
    {
        foreach (var domain in (string[])["Page", "Runtime", "Log", "Network"])
        {
            await SendAsync($"{domain}.enable");
        }

        await SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject
        {
            ["width"] = options.Width, ["height"] = options.Height, ["deviceScaleFactor"] = 1, ["mobile"] = false,
        });
        await SetSchemeAsync(options.IsDark);
    }

    /// <summary>The system becomes dark or light.</summary>
    public Task SetSchemeAsync(bool isDark) => SendAsync("Emulation.setEmulatedMedia", new JsonObject
    {
        ["features"] = new JsonArray(
            new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" },
            new JsonObject { ["name"] = "prefers-reduced-motion", ["value"] = "reduce" }),
    });

    /// <summary>Opens a file and waits until its page is ready.</summary>
    /// <returns>How long it took from the start of the navigation, in milliseconds.</returns>
    public async Task<double> LoadAsync(string path)
    {
        await SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
        await WaitAsync("document.documentElement?.dataset.ready === 'yes'");
        await SettleAsync();
        return await EvaluateAsync<double>("performance.now()");
    }

    /// <summary>The value of an expression in the page.</summary>
    public async Task<T> EvaluateAsync<T>(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new JsonObject
        {
            ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true, ["userGesture"] = true,
        });
        return answer["exceptionDetails"] is { } thrown
            ? throw new InvalidOperationException($"{expression} throws: {thrown["exception"]?["description"] ?? thrown["text"]}")
            : answer["result"]!["value"]!.GetValue<T>();
    }

    /// <summary>The text of an element, as it is shown.</summary>
    public Task<string> TextAsync(string selector) => EvaluateAsync<string>($"document.querySelector('{selector}').innerText");

    /// <summary>What a screen reader is told of the chosen option of the list that has the focus, or of another.</summary>
    public Task<string> ActiveLabelAsync(string list = ":focus") => EvaluateAsync<string>(
        $"document.getElementById(document.querySelector('{list}').getAttribute('aria-activedescendant')).getAttribute('aria-label')");

    /// <summary>How many elements there are.</summary>
    public Task<int> CountAsync(string selector) => EvaluateAsync<int>($"document.querySelectorAll(\"{selector}\").length");

    /// <summary>Waits until an expression is true.</summary>
    public async Task WaitAsync(string condition)
    {
        var end = DateTime.UtcNow + _patience;
        while (!await EvaluateAsync<bool>($"!!({condition})"))
        {
            if (DateTime.UtcNow > end)
            {
                throw new TimeoutException($"Not within {_patience.TotalSeconds} s: {condition}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Waits until the page has drawn what was asked for.</summary>
    public Task SettleAsync() =>
        EvaluateAsync<bool>("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");

    /// <summary>Presses a key by its name (<c>ArrowDown</c>, <c>n</c>), shifted or not.</summary>
    public async Task PressAsync(string key, bool shift = false)
    {
        var text = key.Length == 1 ? key : key == "Enter" ? "\r" : "";
        foreach (var type in (string[])["keyDown", "keyUp"])
        {
            await SendAsync("Input.dispatchKeyEvent", new JsonObject
            {
                ["type"] = type, ["key"] = key, ["text"] = type == "keyDown" ? text : "", ["modifiers"] = shift ? 8 : 0,
                ["windowsVirtualKeyCode"] = VirtualKey(key),
            });
        }

        await SettleAsync();
    }

    /// <summary>Types words into what has the focus.</summary>
    public async Task TypeAsync(string words)
    {
        await SendAsync("Input.insertText", new JsonObject { ["text"] = words });
        await SettleAsync();
    }

    /// <summary>Clicks the middle of an element.</summary>
    public async Task ClickAsync(string selector)
    {
        var box = await EvaluateAsync<string>(
            $"(() => {{ const box = document.querySelector({JsonValue.Create(selector)!.ToJsonString()}).getBoundingClientRect();"
            + " return `${box.left + box.width / 2} ${box.top + box.height / 2}`; })()");
        var at = box.Split(' ').Select(static number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        foreach (var type in (string[])["mousePressed", "mouseReleased"])
        {
            await SendAsync("Input.dispatchMouseEvent", new JsonObject
            {
                ["type"] = type, ["x"] = at[0], ["y"] = at[1], ["button"] = "left", ["clickCount"] = 1,
            });
        }

        await SettleAsync();
    }

    /// <summary>Lets the page write to the clipboard and read it, as a reader's click does.</summary>
    public Task AllowClipboardAsync() => tools.SendAsync("Browser.grantPermissions", new JsonObject
    {
        ["permissions"] = new JsonArray("clipboardReadWrite", "clipboardSanitizedWrite"),
        ["browserContextId"] = context,
    });

    /// <summary>Writes what is seen into a PNG file.</summary>
    public async Task ShootAsync(string path)
    {
        await SettleAsync();
        var picture = await SendAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png" });
        await File.WriteAllBytesAsync(path, Convert.FromBase64String(picture["data"]!.GetValue<string>()));
    }

    /// <summary>What the browser has complained of, and every address but the file's own that the page has asked for.</summary>
    public IReadOnlyList<string> Complaints => [.. tools.EventsOf(session).Select(Complaint).OfType<string>()];

    public async ValueTask DisposeAsync() =>
        await tools.SendAsync("Target.disposeBrowserContext", new JsonObject { ["browserContextId"] = context });

    private static string? Complaint(JsonNode happened)
    {
        var told = happened["params"];
        return happened["method"]!.GetValue<string>() switch
        {
            "Runtime.exceptionThrown" => told!["exceptionDetails"]!.ToJsonString(),
            "Runtime.consoleAPICalled" => told!.ToJsonString(),
            "Log.entryAdded" => told!["entry"]!.ToJsonString(),
            "Network.requestWillBeSent" when told!["request"]!["url"]!.GetValue<string>() is var url
                && !url.StartsWith("file:", StringComparison.Ordinal) && url != "about:blank" => $"asks for {url}",
            _ => null,
        };
    }

    private static int VirtualKey(string key) => key switch
    {
        "Enter" => 13, "Escape" => 27, "PageUp" => 33, "PageDown" => 34, "End" => 35, "Home" => 36,
        "ArrowLeft" => 37, "ArrowUp" => 38, "ArrowRight" => 39, "ArrowDown" => 40, "Tab" => 9, " " => 32,
        { Length: 1 } => char.ToUpperInvariant(key[0]),
        _ => 0,
    };

    private Task<JsonNode> SendAsync(string method, JsonObject? parameters = null) => tools.SendAsync(method, parameters, session);
}
