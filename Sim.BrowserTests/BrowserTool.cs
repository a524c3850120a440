using System.Diagnostics;

namespace Sim.BrowserTests;

/// <summary>The tool behind <c>./dev browse</c>: opens timelines in Chromium and drives them as a reader would.</summary>
internal static class BrowserTool
{
    private const string Usage = "Sim.BrowserTests [--browser <path>] [--screenshots <folder>] [--only <words>]";

    /// <returns>0 when all checks pass, 1 when one fails, 2 for a wrong command line or no browser.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var options = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (args[i] is not ("--browser" or "--screenshots" or "--only") || i + 1 == args.Length)
            {
                Console.Error.WriteLine($"'{args[i]}' is no option, or lacks its value. Usage: {Usage}");
                return 2;
            }

            options[args[i]] = args[i + 1];
        }

        if ((options.GetValueOrDefault("--browser") ?? Chromium.Find()) is not { } browser || !File.Exists(browser))
        {
            Console.Error.WriteLine("There is no Chromium on the path: install it (apt-get install chromium), or name it with --browser.");
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("sim-timelines-").FullName;
        try
        {
            return await CheckAsync(browser, folder, options.GetValueOrDefault("--screenshots"), options.GetValueOrDefault("--only") ?? "");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> CheckAsync(string browser, string folder, string? screenshots, string only)
    {
        var pages = new TimelinePages(folder);
        await using var chromium = await Chromium.StartAsync(browser, Path.Combine(folder, "profile"));
        var checks = TimelineChecks.All(pages).Concat(screenshots is null ? [] : Screenshots.All(pages, screenshots)).ToList();
        var (passed, failed) = (0, 0);
        foreach (var check in checks.Where(check => check.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            var watch = Stopwatch.StartNew();
            var problem = await check.RunAsync(chromium);
            Console.WriteLine($"{(problem is null ? "passed" : "FAILED")}  {check.Name} ({watch.ElapsedMilliseconds} ms)");
            Console.Write(problem is null ? "" : $"        {problem}\n");
            (passed, failed) = problem is null ? (passed + 1, failed) : (passed, failed + 1);
        }

        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 && passed > 0 ? 0 : 1;
    }
}
