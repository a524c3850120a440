using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>A project of a user, from the first failure to the mended code: the tool builds it each time.</summary>
[TestFixture]
public sealed class ProjectTargetTests
{
    private const string Check = "if (balance < 0) { throw new InvalidOperationException($\"overdrawn: {balance}\"); }";

    [Test]
    public void LineOfAProjectsFailure_HoldsWhenTheCodeIsMended()
    {
        var folder = Directory.CreateTempSubdirectory("sim cli ").FullName;
        try
        {
            File.WriteAllText(Path.Join(folder, "Bank.csproj"), Project());
            Write(folder, "await Asyncio.YieldAsync(); balance -= 100;");
            var found = ToolRun.InChildProcess("fuzz", folder);
            Assert.That(found.ExitCode, Is.EqualTo(1), found.Output + found.Error);
            var kept = File.ReadAllText(Path.Join(folder, ".sim", "corpus", "withdraw.txt"));
            Assert.That(kept.Trim(), Is.EqualTo(found.PrintedReplay()[^1]));
            Assert.That(found.Error, Does.StartWith("building Bank.csproj\n"));

            Write(folder, "balance -= 100; await Asyncio.YieldAsync();");
            var mended = ToolRun.InChildProcess(found.PrintedReplay());
            Assert.That(mended.ExitCode, Is.Zero, mended.Output + mended.Error);
            Assert.That(mended.Output, Does.StartWith("withdraw holds. "));

            Write(folder, "balance -= \"100\";");
            var broken = ToolRun.InChildProcess(found.PrintedReplay());
            Assert.That((broken.ExitCode, broken.Output), Is.EqualTo((2, "")));
            Assert.That(broken.Error, Does.Contain("Bank.cs(").And.Contain("error CS"));
            Assert.That(broken.Error, Does.EndWith("\nsim: Bank.csproj does not build: mend the errors above.\n"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string folder, string take) => File.WriteAllText(
        Path.Join(folder, "Bank.cs"),
        $$"""
        using Sim.Core;
        using Sim.Testing;

        public static class Bank
        {
            [Scenario("withdraw")]
            public static async Task WithdrawAsync()
            {
                var balance = 100;
                await Asyncio.GatherAsync(TakeAsync, LateAsync);
                {{Check}}

                async Task TakeAsync() { if (balance >= 100) { {{take}} } }
                async Task LateAsync() { await Asyncio.YieldAsync(); await TakeAsync(); }
            }
        }
        """);

    private static string Project()
    {
        var references = new[] { typeof(IClock), typeof(EventLoop), typeof(Simulation), typeof(Scenario) }
            .Select(static type => $"<Reference Include=\"{type.Assembly.Location}\" />");
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>{string.Concat(references)}</ItemGroup>
            </Project>
            """;
    }
}
