using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sim.Tests;

/// <summary>
/// What an assembly promises to its users: its public and protected members as C#, sorted by name. What the compiler adds to a
/// record, and overrides of what every object has, are left out: nobody decides about them.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags AllDeclared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly) => Of(assembly.GetTypes());

    public static string Of(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (var type in types.Where(IsVisible).OrderBy(CSharpNames.OfDeclared, StringComparer.Ordinal))
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(Header(type)).Append('\n');
            foreach (var member in Members(type))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static bool IsVisible(Type type) =>
        !type.Name.Contains('<') && (type.IsPublic || ((type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)));

    private static string Header(Type type)
    {
        if (IsDelegate(type))
        {
            return $"delegate {MemberText.OfDelegate(type)}";
        }

        var enumBase = type.IsEnum && Enum.GetUnderlyingType(type) is var underlying && underlying != typeof(int) ? [CSharpNames.Of(underlying)] : Array.Empty<string>();
        var bases = (type is { IsClass: true, BaseType: { } parent } && parent != typeof(object) ? new[] { parent } : [])
            .Select(parent => CSharpNames.Of(parent))
            .Concat(type.IsEnum ? enumBase : OwnInterfaces(type))
            .ToList();
        return $"{Kind(type)} {CSharpNames.OfDeclared(type)}{(bases.Count > 0 ? " : " : "")}{string.Join(", ", bases)}{MemberText.Constraints(type.GetGenericArguments())}";
    }

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", AllDeclared) is not null;

    private static string Kind(Type type)
    {
        var isRecord = IsRecord(type);
        return type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => (type.IsDefined(typeof(FlagsAttribute)) ? "[Flags] " : "") + "enum",
            { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")
                + (type.IsByRefLike ? "ref " : "") + (isRecord ? "record struct" : "struct"),
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (isRecord ? "record" : "class"),
        };
    }

    private static IEnumerable<string> OwnInterfaces(Type type) =>
        type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? [])
            .Where(candidate => candidate.IsVisible && !(IsRecord(type) && candidate == typeof(IEquatable<>).MakeGenericType(type)))
            .Select(candidate => CSharpNames.Of(candidate)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (Name: field.Name, Value: Convert.ToInt64(field.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture)))
                .OrderBy(field => field.Value)
                .Select(field => $"{field.Name} = {field.Value}");
        }

        return IsDelegate(type) ? [] : type.GetMembers(AllDeclared)
            .Select(member => (member.Name, Text: Text(member)))
            .Where(member => member.Text is not null)
            .OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.Text, StringComparer.Ordinal)
            .Select(member => member.Text!);
    }

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(Delegate));

    private static string? Text(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => IsPromised(constructor) && !constructor.IsStatic ? MemberText.Of(constructor) : null,
        MethodInfo method => IsPromised(method) && IsWritten(method) ? MemberText.Of(method) : null,
        PropertyInfo property => property.Name != "EqualityContract" && Accessors(property).Any(IsPromised) ? MemberText.Of(property, IsPromised) : null,
        EventInfo happening => IsPromised(happening.AddMethod!) ? MemberText.Of(happening) : null,
        FieldInfo field => field.IsPublic || ((field.IsFamily || field.IsFamilyOrAssembly) && !field.DeclaringType!.IsSealed) ? MemberText.Of(field) : null,
        _ => null,
    };

    private static MethodInfo[] Accessors(PropertyInfo property) => property.GetAccessors(nonPublic: true);

    private static bool IsPromised(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    // By somebody, in its own right: accessors appear as their property, and a record adds methods of its own.
    private static bool IsWritten(MethodInfo method) =>
        !IsAccessor(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !method.Name.Contains('<')
        && method.GetBaseDefinition().DeclaringType != typeof(object);

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
}
