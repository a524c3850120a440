using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// Names for code that are the same in every run and build: the method a person wrote, not the class the compiler made
/// of it. Used in labels, traces and messages only.
/// </summary>
public static class CodeNames
{
    private static readonly ConcurrentDictionary<Type, string> _stateMachines = new();

    /// <summary>The name of a task, or of the method behind a callback.</summary>
    internal static string LabelOf(LoopContext? context, Delegate callback, object? state)
    {
        if (context is { IsTask: true })
        {
            return context.Name;
        }

        return state switch
        {
            _ when callback.Target is INamedWork work => work.WorkName,
            Delegate inner => OfDelegate(inner),
            INamedWork work => work.WorkName,
            TimerEntry => "timer",
            _ => OfContinuation(state) ?? OfDelegate(callback),
        };
    }

    /// <summary>The method behind a delegate; for a lambda, the method it was written in.</summary>
    public static string OfDelegate(Delegate callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        callback = Continuations.Unwrap(callback);
        return OfContinuation(callback.Target) ?? Clean(callback.Method.Name, callback.Method.DeclaringType);
    }

    /// <summary>The method behind a stack frame, with its type: <c>Account.WithdrawAsync</c>.</summary>
    public static string OfMethod(MethodBase method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var type = method.DeclaringType;
        var name = Clean(method.Name, type);
        while (type is not null && type.Name.StartsWith('<'))
        {
            type = type.DeclaringType;
        }

        return type is null ? name : $"{type.Name}.{name}";
    }

    /// <summary>
    /// For messages: the first method on this thread's stack that is neither the platform's nor this library's, with the
    /// line where symbols tell it.
    /// </summary>
    // As for every method here that takes down a stack: see CreationSite.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string OfCaller()
    {
        foreach (var frame in new StackTrace(1, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod() is { DeclaringType: { } type } method && !IsOurs(type))
            {
                return OfFrame(frame, method);
            }
        }

        return "Code without symbols";
    }

    /// <summary>The async method that a continuation resumes, or null when it is not one.</summary>
    public static string? OfContinuation(object? continuation)
    {
        if (continuation is IResumption resumption)
        {
            continuation = resumption.Continuation;
        }

        if (continuation is Delegate resumes)
        {
            continuation = Continuations.Unwrap(resumes).Target;
        }

        // The compiler's box for a suspended async method is generic in the state machine, a type named after the method.
        var type = continuation?.GetType();
        if (type is null || !type.IsGenericType)
        {
            return null;
        }

        var name = _stateMachines.GetOrAdd(type, static boxed =>
        {
            foreach (var argument in boxed.GetGenericArguments())
            {
                if (argument.Name.StartsWith('<') && argument.Name.Contains(">d", StringComparison.Ordinal))
                {
                    return OfStateMachine(argument);
                }
            }

            return "";
        });
        return name.Length == 0 ? null : name;
    }

    /// <summary>The async method of which the compiler made this type.</summary>
    internal static string OfStateMachine(Type type) => Clean(type.Name, type.DeclaringType);

    /// <summary>The method of a stack frame, with file and line where symbols tell them.</summary>
    internal static string OfFrame(StackFrame frame, MethodBase method)
    {
        var file = frame.GetFileName();
        return OfMethod(method) + (file is null ? "" : $" ({Path.GetFileName(file)}:{frame.GetFileLineNumber()})");
    }

    /// <summary>Whether code is the platform's or this library's.</summary>
    internal static bool IsOurs(Type type)
    {
        var assembly = type.Assembly.GetName().Name!;
        return assembly.StartsWith("System.", StringComparison.Ordinal)
            || assembly is "Sim.Clock" or "Sim.Core" or "Sim.World" or "Sim.Testing" or "Sim.Testing.NUnit" or "Sim.Testing.FsCheck";
    }

    // <WithdrawAsync>d__3 -> WithdrawAsync; <Main>b__0_1 -> Main; <<Main>g__Local|0>d -> Local; MoveNext -> its method.
    private static string Clean(string name, Type? declaring)
    {
        if (name == "MoveNext" && declaring is { Name: ['<', ..] })
        {
            name = declaring.Name;
        }

        var local = name.IndexOf("g__", StringComparison.Ordinal);
        if (local >= 0)
        {
            var end = name.IndexOf('|', local);
            return end < 0 ? name[(local + 3)..] : name[(local + 3)..end];
        }

        var open = name.LastIndexOf('<');
        var close = name.IndexOf('>', StringComparison.Ordinal);
        if (open < 0 || close <= open)
        {
            return name;
        }

        var inner = name[(open + 1)..close];
        if (inner is ".cctor" or ".ctor")
        {
            // A lambda in a field's initializer: it has no name but that of the class.
            return declaring?.DeclaringType?.Name ?? declaring?.Name ?? inner;
        }

        return inner.Length == 0 || inner == "$" ? "lambda" : inner == "Main>$" ? "Main" : inner.TrimEnd('$');
    }
}
