using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sim.Tests;

/// <summary>A4: fields that code can reach without being handed anything: per thread, per flow, or static and not readonly.</summary>
internal static class AmbientState
{
    /// <summary>The two that there are: the loop that runs on this thread, and the task whose flow this is.</summary>
    public static IReadOnlyList<string> Allowed { get; } = ["EventLoop._running", "TaskContext._flowing"];

    /// <summary>What all loops of the process share, and what it is for. Code never decides by it.</summary>
    public static IReadOnlyList<string> Shared { get; } =
    [
        "EventLoop._localSlots", // The number of the next loop-local value: only its being new matters.
        "ThreadPoolWatch._instance", // The runtime's events have one listener per process.
        "ThreadPoolWatch._users", // How many runs listen.
    ];

    public static IEnumerable<string> In(IEnumerable<Type> types) =>
        from type in types
        where !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.Name.StartsWith('<')
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where !field.IsLiteral && (!field.IsInitOnly || IsPerThreadOrFlow(field))
        // The compiler caches lambdas in fields of its own.
        where !field.Name.Contains("CachedAnonymous", StringComparison.Ordinal) && !field.Name.StartsWith("<>", StringComparison.Ordinal)
        select $"{type.Name}.{field.Name}";

    private static bool IsPerThreadOrFlow(FieldInfo field) =>
        field.IsDefined(typeof(ThreadStaticAttribute))
        || (field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() is var kind
            && (kind == typeof(AsyncLocal<>) || kind == typeof(ThreadLocal<>)));
}
