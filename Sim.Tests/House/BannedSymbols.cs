using System.Reflection;

namespace Sim.Tests;

/// <summary>The list of banned members: a misspelt one bans nothing and nobody notices, so each is looked up.</summary>
internal static class BannedSymbols
{
    private static readonly Lazy<HashSet<string>> _known = new(() => [.. Known()]);

    public static IEnumerable<Finding> Check(SourceFile list)
    {
        foreach (var (line, at) in list.Lines.Select((line, at) => (line, at)).Where(entry => entry.line.Length > 0 && !entry.line.StartsWith("//", StringComparison.Ordinal)))
        {
            var parts = line.Split(';', 2);
            if (!_known.Value.Contains(parts[0]))
            {
                yield return list.Finding(at + 1, $"bans {parts[0]}, which does not exist");
            }

            if (parts.Length < 2 || parts[1].Trim().Length < 10)
            {
                yield return list.Finding(at + 1, $"bans {parts[0]} without the road to take");
            }
        }
    }

    // The base library under the names that documentation comments use.
    private static IEnumerable<string> Known() =>
        from assembly in new[] { typeof(object), typeof(System.Diagnostics.Stopwatch), typeof(System.Timers.Timer), typeof(Parallel), typeof(ParallelEnumerable), typeof(System.Security.Cryptography.RandomNumberGenerator) }.Select(type => type.Assembly).Distinct()
        from type in assembly.GetExportedTypes()
        from name in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(NameOf).Prepend("T:" + type.FullName!.Replace('+', '.'))
        select name;

    private static string NameOf(MemberInfo member)
    {
        var owner = member.DeclaringType!.FullName!.Replace('+', '.');
        return member switch
        {
            ConstructorInfo constructor => $"M:{owner}.#ctor{Parameters(constructor)}",
            MethodInfo { IsGenericMethod: true } method => $"M:{owner}.{method.Name}``{method.GetGenericArguments().Length}{Parameters(method)}",
            MethodInfo method => $"M:{owner}.{method.Name}{Parameters(method)}",
            PropertyInfo property => $"P:{owner}.{property.Name}",
            _ => $"F:{owner}.{member.Name}",
        };
    }

    private static string Parameters(MethodBase method) =>
        method.GetParameters() is { Length: > 0 } parameters ? $"({string.Join(',', parameters.Select(parameter => NameOf(parameter.ParameterType)))})" : "";

    private static string NameOf(Type type) => type switch
    {
        { IsByRef: true } => NameOf(type.GetElementType()!) + "@",
        { IsArray: true } => NameOf(type.GetElementType()!) + "[]",
        { IsPointer: true } => NameOf(type.GetElementType()!) + "*",
        { IsGenericMethodParameter: true } => "``" + type.GenericParameterPosition,
        { IsGenericParameter: true } => "`" + type.GenericParameterPosition,
        { IsGenericType: true } => $"{type.GetGenericTypeDefinition().FullName!.Split('`')[0].Replace('+', '.')}{{{string.Join(',', type.GetGenericArguments().Select(NameOf))}}}",
        _ => type.FullName?.Replace('+', '.') ?? type.Name,
    };
}
