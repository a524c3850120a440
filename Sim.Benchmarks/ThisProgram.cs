using System.Diagnostics;

namespace Sim.Benchmarks;

/// <summary>This program once more, in a process of its own.</summary>
internal static class ThisProgram
{
    /// <summary>What starts it: by its own name, or as an argument of the platform's host, as it was started itself.</summary>
    public static IReadOnlyList<string> With(params IReadOnlyList<string> arguments)
    {
        var self = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(self) == "dotnet"
            ? [self, typeof(ThisProgram).Assembly.Location, .. arguments]
            : [self, .. arguments];
    }

    /// <summary>Starts a command, this program or another, whose input and output are ours.</summary>
    public static Process Start(IReadOnlyList<string> command) => Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;
}
