using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sim.Testing.NUnit;

/// <summary>
/// What tells the snapshots of several machines or builds apart, if a test asks for it: words between the name and
/// <c>.verified</c>, in Verify's order.
/// </summary>
internal sealed record SnapshotUniqueness
{
    public bool TargetFramework { get; init; }

    public bool TargetFrameworkAndVersion { get; init; }

    public bool AssemblyConfiguration { get; init; }

    public bool Architecture { get; init; }

    public bool OSPlatform { get; init; }

    public bool Runtime { get; init; }

    public bool RuntimeAndVersion { get; init; }

    private static string RuntimeVersion => $"{Environment.Version.Major}_{Environment.Version.Minor}";

    private static string Platform =>
        OperatingSystem.IsWindows() ? "Windows"
        : OperatingSystem.IsMacOS() ? "OSX"
        : OperatingSystem.IsLinux() ? "Linux"
        : throw new PlatformNotSupportedException("UniqueForOSPlatform knows Linux, Windows and OSX; this is another system.");

    /// <summary>The end of the prefix for received and for verified files. The runtime is in verified names only.</summary>
    /// <exception cref="InvalidOperationException">The assembly does not say what was asked for.</exception>
    public SnapshotPrefix Suffix(Assembly tests)
    {
        List<string> words = [];
        Add(words, TargetFramework || TargetFrameworkAndVersion ? Framework(tests, TargetFrameworkAndVersion) : null);
        Add(words, AssemblyConfiguration ? Configuration(tests) : null);
        Add(words, Architecture ? RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant() : null);
        Add(words, OSPlatform ? Platform : null);
        var received = string.Concat(words.Select(word => $".{word}"));
        Add(words, RuntimeAndVersion ? $"DotNet{RuntimeVersion}" : Runtime ? "DotNet" : null);
        return new(received, string.Concat(words.Select(word => $".{word}")));
    }

    // The same word does not stand twice: the framework and the runtime often have one name.
    private static void Add(List<string> words, string? word)
    {
        if (word is not null && !words.Contains(word))
        {
            words.Add(word);
        }
    }

    private static string Framework(Assembly tests, bool withVersion)
    {
        var name = tests.GetCustomAttribute<TargetFrameworkAttribute>() is { } attribute
            ? new FrameworkName(attribute.FrameworkName)
            : throw new InvalidOperationException(
                $"{tests.GetName().Name} has no TargetFrameworkAttribute, so UniqueForTargetFramework has no name.");
        return withVersion ? $"DotNet{name.Version.Major}_{name.Version.Minor}" : "DotNet";
    }

    private static string Configuration(Assembly tests) =>
        tests.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration
        ?? throw new InvalidOperationException(
            $"{tests.GetName().Name} has no AssemblyConfigurationAttribute, so UniqueForAssemblyConfiguration has no name.");
}
