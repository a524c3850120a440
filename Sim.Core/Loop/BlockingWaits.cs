using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <summary>Decides about a blocking wait on the loop thread by looking at who waits.</summary>
internal static class BlockingWaits
{
    private static readonly Assembly _coreLibrary = typeof(object).Assembly;

    /// <summary>Throws with the culprit's name, unless the wait is one that ends by itself.</summary>
    // As for every method here that takes down a stack: see CreationSite.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Refuse(LoopContext context)
    {
        MethodBase? api = null;
        var judged = false;
        foreach (var frame in new StackTrace(1, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod() is not { DeclaringType: { } type } method || type.Assembly == typeof(BlockingWaits).Assembly)
            {
                continue;
            }

            if (!IsFramework(type.Assembly))
            {
                // A wait that the runtime itself begins (a type initialiser) shows no API between itself and the caller.
                if (api is not null && !JoinsItsOwn(api, type.Assembly))
                {
                    throw new BlockingWaitException(Describe(context, api, method, frame));
                }

                return;
            }

            if (type == typeof(SynchronizationContext))
            {
                continue;
            }

            // What is waited for, the innermost call says; what the person wrote, the outermost before the person's code.
            if (!judged && !IsPlumbing(type))
            {
                judged = true;
                if (EndsByItself(type, method))
                {
                    return;
                }
            }

            api = method;
        }
    }

    private static bool IsFramework(Assembly assembly) =>
        assembly == _coreLibrary || assembly.GetName().Name?.StartsWith("System.", StringComparison.Ordinal) == true;

    // A logger or a server of the platform joins the thread that it has started: that one ends when it is told to.
    private static bool JoinsItsOwn(MethodBase api, Assembly caller) =>
        api.DeclaringType == typeof(Thread) && api.Name.Contains("Join", StringComparison.Ordinal)
        && caller.GetName().Name is { } name
        && (name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal));

    private static bool IsPlumbing(Type type) =>
        type == typeof(WaitHandle) || type.DeclaringType == typeof(WaitHandle);

    // A contended lock is short and its holder another thread; refusing it would make printing a hazard. Finalizers run on
    // a thread of their own.
    private static bool EndsByItself(Type type, MethodBase method) =>
        (type == typeof(Monitor) && !method.Name.Contains("Wait", StringComparison.Ordinal))
        || type == typeof(Lock) || type.DeclaringType == typeof(Lock) || type == typeof(GC);

    private static string Describe(LoopContext context, MethodBase api, MethodBase culprit, StackFrame frame)
    {
        var typeName = api.DeclaringType!.Name.Split('`')[0];
        // What the person wrote, where inlining shows only what it calls.
        var apiName = api.Name switch
        {
            "GetResultCore" => "Result",
            "HandleNonSuccessAndDebuggerNotification" => "GetResult()",
            "WaitOneNoCheck" => "WaitOne()",
            "InternalWait" or "InternalWaitCore" or "SpinThenBlockingWait" => "Wait()",
            var name when name.StartsWith("get_", StringComparison.Ordinal) => name[4..],
            var name => name + "()",
        };
        return $"{typeName}.{apiName} in {CodeNames.OfFrame(frame, culprit)} would block the loop thread at {context.Loop.Time} "
            + $"in {context.Name}: what it waits for could never run. Await it instead.";
    }
}
