using System.Diagnostics;
using NUnit.Framework;

namespace Sim.Tests;

/// <summary>In a process of its own, under a limit that a shell sets for it.</summary>
public sealed class DescriptorExhaustionTests
{
    [Test]
    [Platform("Linux,MacOsX")]
    public void ExhaustedDescriptors_AreErrorsWithAdvice_AndTheProgramGoesOn()
    {
        var program = typeof(DescriptorExhaustion).Assembly.Location;
        var start = new ProcessStartInfo("/bin/sh", ["-c", "ulimit -n 256; exec dotnet \"$0\" \"$1\"", program, DescriptorExhaustion.Name])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(error.GetAwaiter().GetResult(), Is.Empty);
        Assert.That(output.ReplaceLineEndings("\n"), Is.EqualTo("""
            read 2 bytes with the last descriptor
            connect: TooManyOpenSockets, with advice
            listen: TooManyOpenSockets, with advice
            bind: TooManyOpenSockets, with advice
            accept: TooManyOpenSockets, with advice
            received 1 byte after recovery

            """.ReplaceLineEndings("\n")));
        Assert.That(process.ExitCode, Is.Zero);
    }
}
