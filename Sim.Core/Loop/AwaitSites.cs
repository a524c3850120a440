using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace Sim.Core;

/// <summary>
/// Where suspended async methods wait: "WithdrawAsync (Account.cs:37)", with file and line where symbols tell them. For reports
/// and explanations only: a trace must not depend on what symbols there are. Reads what the runtime keeps to itself, so it
/// tells less, and nothing wrong, on a runtime that keeps it elsewhere.
/// </summary>
internal static class AwaitSites
{
    /// <summary>Deeper calls are rather recursion than a story.</summary>
    private const int MostCalls = 4;

    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly FieldInfo? _continuation = typeof(Task).GetField("m_continuationObject", Any);

    // Looked up, never iterated.
    private static readonly ConcurrentDictionary<Type, StateFields?> _fields = new();

    /// <summary>
    /// The async method that a continuation resumes, with its place; a method of this library gives way to the one that calls it.
    /// Null when it is not an async method's.
    /// </summary>
    public static string? Of(object? continuation) =>
        StackOf(continuation) is [var innermost, ..] ? innermost : CodeNames.OfContinuation(continuation);

    /// <summary>
    /// The async methods above each other that a continuation resumes, the innermost first, as far as they are a user's: what a
    /// stack would be if they had not been suspended. Empty when it is not an async method's.
    /// </summary>
    public static IReadOnlyList<string> StackOf(object? continuation)
    {
        var calls = new List<string>();
        for (var box = BoxOf(continuation); box is not null && calls.Count < MostCalls; box = BoxOf(_continuation?.GetValue(box as Task)))
        {
            if (!CodeNames.IsOurs(FieldsOf(box.GetType())!.Machine.FieldType))
            {
                calls.Add(Describe(box));
            }

            if (box is not Task)
            {
                break;
            }
        }

        return calls;
    }

    /// <summary>
    /// The method that a task of .NET resumes, if it or one that awaits it is awaited by nobody; null if somebody does, or it resumes none.
    /// </summary>
    public static string? OfForsaken(object? task) =>
        OfForsakenContinuation(task is Task awaited ? _continuation?.GetValue(awaited) : null);

    /// <summary>The same of a continuation that is about to resume the method.</summary>
    public static string? OfForsakenContinuation(object? continuation)
    {
        string? site = null;
        var box = BoxOf(continuation);
        while (box is not null)
        {
            site ??= SiteOf(box);
            if (box is not Task outer || _continuation?.GetValue(outer) is not { } next)
            {
                return site;
            }

            box = BoxOf(next);
        }

        return null;
    }

    /// <summary>The state of a suspended async method, as the compiler made it; null if this is no method's box.</summary>
    public static object? MachineOf(object box) => FieldsOf(box.GetType())?.Machine.GetValue(box);

    /// <summary>Where the method of a box is suspended; null for a method of the library or the platform.</summary>
    public static string? SiteOf(object box) => CodeNames.IsOurs(FieldsOf(box.GetType())!.Machine.FieldType) ? null : Describe(box);

    private static string Describe(object box)
    {
        var fields = FieldsOf(box.GetType())!;
        var machine = fields.Machine.FieldType;
        var name = CodeNames.OfStateMachine(machine);
        return fields.Machine.GetValue(box) is { } suspended && fields.State.GetValue(suspended) is int state
            && AwaitSymbols.Find(machine, state) is { } place ? $"{name} ({place})" : name;
    }

    // What stands between a completed task and the box of the method that awaits it: actions, wrappers, and lists of several.
    private static object? BoxOf(object? continuation)
    {
        for (var depth = 0; continuation is not null && depth < 8; depth++)
        {
            if (FieldsOf(continuation.GetType()) is not null)
            {
                return continuation;
            }

            continuation = continuation switch
            {
                IResumption resumption => resumption.Continuation,
                Delegate resumes => Continuations.Unwrap(resumes).Target,
                IList { Count: > 0 } several => several[0],
                _ => continuation.GetType().GetField("m_action", Any)?.GetValue(continuation),
            };
        }

        return null;
    }

    // The compiler's box for a suspended async method is generic in the state machine, a type named after the method.
    private static StateFields? FieldsOf(Type type) => _fields.GetOrAdd(type, static boxed =>
        boxed.IsGenericType
        && boxed.GetField("StateMachine", Any) is { FieldType: { Name: ['<', ..] } kind } machine
        && kind.GetField("<>1__state", Any) is { } state ? new StateFields(machine, state) : null);

    private sealed record StateFields(FieldInfo Machine, FieldInfo State);
}
