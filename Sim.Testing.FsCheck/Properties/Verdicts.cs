using FsCheck;
using FsCheck.Fluent;
using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>What a property method returns, as what a simulation knows: it ends, or it throws.</summary>
internal static class Verdicts
{
    /// <summary>Waits for what was returned, and throws if it says no.</summary>
    /// <param name="returned">Nothing, a bool, a <see cref="Property"/>, or a task of one of them.</param>
    public static async Task TakeAsync(object? returned)
    {
        switch (returned)
        {
            case null:
                return;
            case bool holds:
                Take(holds);
                return;
            case Property property:
                Take(property);
                return;
            case ValueTask valueTask:
                await valueTask;
                return;
            case Task task:
                await task;
                var result = task.GetType().GetProperty(nameof(Task<int>.Result));
                await TakeAsync(result is null || result.PropertyType.Name == "VoidTaskResult" ? null : result.GetValue(task));
                return;
        }

        var type = returned.GetType();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
        {
            await TakeAsync(type.GetMethod(nameof(ValueTask<int>.AsTask))!.Invoke(returned, null));
        }
    }

    /// <summary>Whether a method may return this.</summary>
    public static bool Knows(Type type) =>
        type == typeof(void) || type == typeof(bool) || type == typeof(Property) || type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType
            && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            && (type.GenericTypeArguments[0] == typeof(bool) || type.GenericTypeArguments[0] == typeof(Property)));

    private static void Take(bool holds)
    {
        if (!holds)
        {
            throw new PropertyFalsifiedException("The property returned false.");
        }
    }

    // If it draws data of its own, it is asked for one sample, always the same: all else is in the hands of the simulation.
    private static void Take(Property property)
    {
        switch (ResultCatcher.Check(Config.Quick.WithMaxTest(1).WithMaxRejected(0).WithReplay(1, 1, 10), property))
        {
            case TestResult.Failed failed:
                var labels = string.Join("; ", failed.Item1.Labels);
                var message = labels.Length == 0 ? "The property does not hold." : $"The property does not hold: {labels}.";
                throw failed.Item4 is Outcome.Failed { Item: { } inner }
                    ? new PropertyFalsifiedException(message, inner)
                    : new PropertyFalsifiedException(message);
            case TestResult.Exhausted:
                Prop.Discard<int>();
                return;
        }
    }
}
