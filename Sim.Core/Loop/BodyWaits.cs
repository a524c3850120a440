using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// What a suspended async method waits on when that is not the loop's own: a <c>Task.Delay</c> on virtual time, a semaphore of .NET,
/// a task that nobody completes. Follows the awaiters that the suspended methods keep, from the outermost to the innermost. For
/// reports only; like <see cref="AwaitSites"/> it tells less on a runtime that keeps them elsewhere.
/// </summary>
internal static class BodyWaits
{
    /// <summary>When it cannot be found out.</summary>
    public const string Unknown = "waits on something that is not the loop's: a Task that nobody completes, a real Task.Delay, a Task.Run";

    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>More async calls in each other than this are rather recursion.</summary>
    private const int Deepest = 64;

    // Looked up, never iterated.
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> _awaiters = new();

    /// <summary>As in "waits on Task.Delay until 3.000s in RefreshAsync (Cache.cs:12)"; null if it cannot be told.</summary>
    public static string? Describe(Task? running) =>
        Follow(running, out var what) is { } site ? $"{what} in {site}" : null;

    /// <summary>The innermost method of the user's that is suspended; null if it cannot be told.</summary>
    public static string? SiteOf(Task? running) => Follow(running, out _);

    private static string? Follow(Task? running, out string what)
    {
        string? site = null;
        object? awaited = running;
        var yields = false;
        for (var depth = 0; awaited is not null && depth < Deepest && AwaitSites.MachineOf(awaited) is { } machine; depth++)
        {
            site = AwaitSites.SiteOf(awaited) ?? site;
            awaited = AwaitedBy(machine);
            // What a yield is awaited by holds nothing.
            yields = awaited is null
                && AwaitersOf(machine.GetType()).Any(static field => field.FieldType == typeof(YieldAwaitable.YieldAwaiter));
        }

        what = yields ? "waits for its turn after Task.Yield" : What(awaited);
        return site;
    }

    private static object? AwaitedBy(object machine)
    {
        foreach (var field in AwaitersOf(machine.GetType()))
        {
            // The compiler clears an awaiter when its wait is over: the one that holds something is the one that waits.
            if (Inside(field.GetValue(machine), 0) is { } awaited)
            {
                return awaited;
            }
        }

        return null;
    }

    private static FieldInfo[] AwaitersOf(Type machine) => _awaiters.GetOrAdd(machine, static type =>
        [.. type.GetFields(Any).Where(static field => typeof(ICriticalNotifyCompletion).IsAssignableFrom(field.FieldType))]);

    // Awaiters are wrappers in wrappers around one object: m_task, _value, _obj.
    private static object? Inside(object? wrapper, int depth)
    {
        if (wrapper is null or Task || depth > 4 || !wrapper.GetType().IsValueType)
        {
            return wrapper;
        }

        foreach (var field in wrapper.GetType().GetFields(Any))
        {
            if (!field.FieldType.IsPrimitive && Inside(field.GetValue(wrapper), depth + 1) is { } inner)
            {
                return inner;
            }
        }

        return null;
    }

    private static string What(object? awaited) => awaited switch
    {
        null => "waits on something that is not the loop's,",
        Task task when task.GetType().Name.StartsWith("DelayPromise", StringComparison.Ordinal) => DelayOf(task),
        Task { IsCompleted: false } task when task.GetType() is { DeclaringType: { } owner } && owner != typeof(Task) =>
            $"waits on a {owner.Name.Split('`')[0]} of .NET",
        Task task when task.GetType().Name.StartsWith("WhenAll", StringComparison.Ordinal) => "waits on Task.WhenAll",
        Task { IsCompleted: false } => "waits on a Task that nobody of the loop completes",
        _ => "waits on something that is not the loop's,",
    };

    private static string DelayOf(Task delay) =>
        (TimerFieldOf(delay.GetType()) ?? TimerFieldOf(delay.GetType().BaseType!))?.GetValue(delay) is TimerEntry timer
            ? $"waits on Task.Delay until {timer.When}"
            : "waits on a real Task.Delay";

    // Private, so a delay with a token, which derives from one without, does not show it.
    private static FieldInfo? TimerFieldOf(Type delay) => delay.GetField("_timer", Any);
}
