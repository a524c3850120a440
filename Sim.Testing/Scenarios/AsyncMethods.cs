using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sim.Testing;

/// <summary>Calls of methods found by reflection, as the delegates that a simulation runs.</summary>
public static class AsyncMethods
{
    /// <summary>The method as a delegate that returns its task; a value task is converted.</summary>
    /// <param name="method">An async method: one that returns <see cref="Task"/>, <c>Task&lt;T&gt;</c>, <see cref="ValueTask"/> or <c>ValueTask&lt;T&gt;</c>.</param>
    /// <param name="target">The instance, or null for a static method.</param>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="ScenarioException">The method is not async in this sense.</exception>
    public static Func<Task> Bind(MethodInfo method, object? target, object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (!IsAsync(method))
        {
            throw new ScenarioException(WhyNotAsync(method));
        }

        return () => ToTask(method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null));
    }

    /// <summary>For a method that is not async: what it is instead, and what to do.</summary>
    public static string WhyNotAsync(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var hint = method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute), false)
            ? "it is async void, and nobody can await its end: return Task"
            : "make it async, and return Task or ValueTask";
        return $"{method.DeclaringType?.Name}.{method.Name} returns {method.ReturnType.Name}, so it cannot run in a simulation: {hint}.";
    }

    /// <summary>Whether the method returns something that can be awaited to its end.</summary>
    public static bool IsAsync(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var type = method.ReturnType;
        return typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask)
            || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));
    }

    private static Task ToTask(object? returned) => returned switch
    {
        Task task => task,
        ValueTask valueTask => valueTask.AsTask(),
        null => null!,
        _ => (Task)returned.GetType().GetMethod(nameof(ValueTask.AsTask))!.Invoke(returned, null)!,
    };
}
