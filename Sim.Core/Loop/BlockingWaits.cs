using System.Diagnostics;
using System.Reflection;

namespace Sim.Core;

/// <summary>Decides about a blocking wait on the loop thread by looking at who waits.</summary>
internal static class BlockingWaits
{
    private static readonly Assembly _coreLibrary = typeof(object).Assembly;

    /// <summary>Throws with the culprit's name, unless the wait is for a contended lock.</summary>
    public static void Refuse(LoopContext context)
    {
        var trace = new StackTrace(1, fNeedFileInfo: true);
        MethodBase? api = null;
        foreach (var frame in trace.GetFrames())
        {
            if (frame.GetMethod() is not { } method || method.DeclaringType?.Assembly == typeof(BlockingWaits).Assembly)
            {
                continue;
            }

            if (method.DeclaringType?.Assembly == _coreLibrary)
            {
                api = method;
                continue;
            }

            // A contended lock is short and its holder another thread; refusing it would make printing a hazard. A wait that
            // the runtime itself begins (a type initialiser) shows no API between itself and the caller.
            if (api?.DeclaringType is { } type && !IsLock(type, api) && type != typeof(SynchronizationContext))
            {
                throw new BlockingWaitException(Describe(context, type, api, method, frame));
            }

            return;
        }
    }

    private static bool IsLock(Type type, MethodBase api) =>
        (type == typeof(Monitor) && !api.Name.Equals(nameof(Monitor.Wait), StringComparison.Ordinal))
        || type == typeof(Lock) || type.DeclaringType == typeof(Lock) || type == typeof(Lazy<>);

    private static string Describe(LoopContext context, Type type, MethodBase api, MethodBase culprit, StackFrame frame)
    {
        var typeName = type.Name.Split('`')[0];
        // What the person wrote, where inlining shows only what it calls.
        var apiName = api.Name switch
        {
            "GetResultCore" => "Result",
            "InternalWait" or "InternalWaitCore" or "SpinThenBlockingWait" => "Wait()",
            var name when name.StartsWith("get_", StringComparison.Ordinal) => name[4..],
            var name => name + "()",
        };
        var file = frame.GetFileName();
        var place = file is null ? "" : $" ({Path.GetFileName(file)}:{frame.GetFileLineNumber()})";
        return $"{typeName}.{apiName} in {CodeNames.OfMethod(culprit)}{place} would block the loop thread at {context.Loop.Time} "
            + $"in {context.Name}: what it waits for could never run. Await it instead.";
    }
}
