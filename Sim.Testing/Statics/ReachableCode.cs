using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sim.Testing;

/// <summary>
/// The static fields that a method can come to, through all that it calls in its own assembly and in those that were built with
/// it. A call through an interface or a base class comes to every type that is made on the way. Not seen: what is called by
/// reflection or from packages, fields of generic types, and fields per thread.
/// </summary>
internal sealed class ReachableCode
{
    /// <summary>Whoever comes to more has a program in his test; its statics are then seen in part.</summary>
    private const int MostMethods = 5_000;

    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private readonly Queue<MethodBase> _ahead = new();

    // Looked up, never iterated.
    private readonly HashSet<MemberInfo> _seen = [];
    private readonly Dictionary<Assembly, bool> _scope = [];
    private readonly List<FieldInfo> _fields = [];
    private readonly string? _folder;

    private ReachableCode(MethodInfo start)
    {
        _scope[start.Module.Assembly] = true;
        _folder = FolderOf(start.Module.Assembly);
        Enter(start);
        if (!start.IsStatic && start.DeclaringType is { } fixture)
        {
            Enter(fixture);
        }
    }

    /// <summary>The fields, by their names.</summary>
    public static IReadOnlyList<FieldInfo> StaticsOf(MethodInfo start)
    {
        var code = new ReachableCode(start);
        for (var count = 0; count < MostMethods && code._ahead.TryDequeue(out var method); count++)
        {
            foreach (var member in CodeReferences.Of(method))
            {
                code.Enter(member);
            }
        }

        return [.. code._fields.OrderBy(static field => $"{field.DeclaringType!.FullName}.{field.Name}", StringComparer.Ordinal)];
    }

    private void Enter(MemberInfo member)
    {
        if (!_scope.TryGetValue(member.Module.Assembly, out var isInScope))
        {
            _scope[member.Module.Assembly] = isInScope = IsBuiltWithIt(member.Module.Assembly);
        }

        if (!isInScope || !_seen.Add(member))
        {
            return;
        }

        switch (member)
        {
            case FieldInfo { IsStatic: true, IsLiteral: false } field when !IsCache(field) && !IsUnseen(field):
                _fields.Add(field);
                break;
            case ConstructorInfo { IsStatic: false } made:
                _ahead.Enqueue(made);
                Enter(made.DeclaringType!);
                break;
            case MethodBase method:
                EnterCalled(method);
                break;
            case Type made:
                EnterOverrides(made);
                break;
        }
    }

    private void EnterCalled(MethodBase method)
    {
        _ahead.Enqueue(method);
        if (method.GetCustomAttribute<StateMachineAttribute>() is { } machine)
        {
            Enter(machine.StateMachineType);
        }
    }

    // A type that is made may be called through what it implements.
    private void EnterOverrides(Type made)
    {
        foreach (var method in made.GetMethods(Own))
        {
            if (method.IsVirtual)
            {
                Enter(method);
            }
        }
    }

    private static bool IsCache(FieldInfo field) =>
        field.DeclaringType!.Name.StartsWith('<') || field.Name.StartsWith("<>", StringComparison.Ordinal)
        || field.Name.Contains("CachedAnonymous", StringComparison.Ordinal);

    private static bool IsUnseen(FieldInfo field) =>
        field.DeclaringType!.IsGenericType || field.IsDefined(typeof(ThreadStaticAttribute), false);

    // Packages come without the symbols that a build of one's own leaves behind. The harness itself is not its own object.
    private bool IsBuiltWithIt(Assembly assembly) =>
        !Harness(assembly) && _folder is not null && FolderOf(assembly) == _folder
        && File.Exists(Path.ChangeExtension(assembly.Location, ".pdb"));

    private static bool Harness(Assembly assembly) => assembly.GetName().Name is { } name
        && (name is "Sim.Clock" or "Sim.Core" or "Sim.World" || name.StartsWith("Sim.Testing", StringComparison.Ordinal));

    private static string? FolderOf(Assembly assembly) =>
        assembly.IsDynamic || assembly.Location.Length == 0 ? null : Path.GetDirectoryName(assembly.Location);
}
