using System.Runtime.InteropServices;

namespace Sim.Benchmarks;

/// <summary>The page docs/benchmarks.md: everything, from one run.</summary>
internal static class BenchmarksPage
{
    private const string Path = "docs/benchmarks.md";

    public static int Write()
    {
        using var page = new StringWriter { NewLine = "\n" };
        page.WriteLine("# Benchmarks");
        page.WriteLine();
        var machine = $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSArchitecture}, {System()}";
        page.WriteLine(
            $"Written by `./dev bench --write`, from one run on one machine: {machine}, {RuntimeInformation.FrameworkDescription}.");
        page.WriteLine();
        page.WriteLine("Compare within this page only: another machine, or the same one on another day, has other figures and much the "
            + "same ratios. `./dev bench` measures it all again, `./dev bench W1 W4` some rows.");
        page.WriteLine();
        page.WriteLine("Each figure is from a process of its own, the median of several rounds after two to warm up. Unless it is said "
            + "otherwise it is processor time, of all threads and with the garbage collector: what else the machine does counts less that "
            + "way. For who uses one thread that is the time on the clock of a machine that is idle.");
        page.WriteLine();
        var worst = BenchmarkGroup.RunChosen([], page);
        File.WriteAllText(Path, page.ToString().TrimEnd() + "\n");
        return worst;
    }

    private static string System() =>
        OperatingSystem.IsLinux() ? "Linux"
        : OperatingSystem.IsMacOS() ? "macOS"
        : OperatingSystem.IsWindows() ? "Windows"
        : "another system";
}
