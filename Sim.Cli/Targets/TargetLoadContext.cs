using System.Reflection;
using System.Runtime.Loader;
using Sim.Clock;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Cli;

/// <summary>
/// Loads a target with what lies beside it. The Sim assemblies are the tool's own, so that an attribute in the target is
/// the type that the tool knows.
/// </summary>
internal sealed class TargetLoadContext : AssemblyLoadContext
{
    private static readonly Assembly[] _shared =
        [typeof(IClock).Assembly, typeof(EventLoop).Assembly, typeof(Simulation).Assembly, typeof(Scenario).Assembly];

    private readonly AssemblyDependencyResolver _resolver;

    private TargetLoadContext(string path)
        : base(Path.GetFileNameWithoutExtension(path)) => _resolver = new AssemblyDependencyResolver(path);

    /// <summary>Loads the assembly at a full path.</summary>
    /// <exception cref="ToolException">It is no .NET assembly, or was built with another version of Sim.</exception>
    public static Assembly Load(string path)
    {
        try
        {
            AssemblyName.GetAssemblyName(path);
            var assembly = new TargetLoadContext(path).LoadFromAssemblyPath(path);
            CheckVersions(path, assembly);
            return assembly;
        }
        catch (Exception error) when (error is BadImageFormatException or FileLoadException or InvalidOperationException)
        {
            throw new ToolException($"'{Path.GetFileName(path)}' is no .NET assembly that can be loaded: {OneLine.Of(error.Message)}", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new ToolException($"'{path}' cannot be read: {OneLine.Of(error.Message)}", error);
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Shared(assemblyName) is { } shared)
        {
            return shared;
        }

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static Assembly? Shared(AssemblyName name) =>
        Array.Find(_shared, shared => string.Equals(shared.GetName().Name, name.Name, StringComparison.OrdinalIgnoreCase));

    // Another version could have other types and another order of events: its results would be neither its own nor ours.
    private static void CheckVersions(string path, Assembly assembly)
    {
        foreach (var reference in assembly.GetReferencedAssemblies())
        {
            if (Shared(reference)?.GetName().Version is { } ours && ours != reference.Version)
            {
                throw new ToolException(
                    $"'{Path.GetFileName(path)}' was built with {reference.Name} {reference.Version}, but this sim is {ours}: use the same version of both.");
            }
        }
    }
}
