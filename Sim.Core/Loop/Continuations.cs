using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <summary>
/// Delegates that resume async methods, as they were made. While anybody listens to the events of the task library, be it a
/// profiler, a debugger or the watch of a simulation, the runtime puts a wrapper of its own around the delegates it hands out.
/// Names must be the same with and without.
/// </summary>
internal static class Continuations
{
    private static readonly FieldInfo? _wrapped = typeof(AsyncTaskMethodBuilder).Assembly
        .GetType("System.Runtime.CompilerServices.AsyncMethodBuilderCore+ContinuationWrapper")?
        .GetField("_continuation", BindingFlags.Instance | BindingFlags.NonPublic);

    private static readonly Type? _wrapper = _wrapped?.DeclaringType;

    /// <summary>The delegate itself, the runtime's wrapper taken off.</summary>
    public static Delegate Unwrap(Delegate continuation)
    {
        while (continuation.Target is { } target && target.GetType() == _wrapper
            && _wrapped?.GetValue(target) is Delegate inner)
        {
            continuation = inner;
        }

        return continuation;
    }
}
