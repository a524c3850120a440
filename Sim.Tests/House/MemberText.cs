using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sim.Tests;

/// <summary>One member as a line of C#.</summary>
internal static class MemberText
{
    private static readonly Dictionary<string, string> _operators = new()
    {
        ["op_Addition"] = "+", ["op_Subtraction"] = "-", ["op_Multiply"] = "*", ["op_Division"] = "/", ["op_Modulus"] = "%",
        ["op_Equality"] = "==", ["op_Inequality"] = "!=", ["op_LessThan"] = "<", ["op_GreaterThan"] = ">",
        ["op_LessThanOrEqual"] = "<=", ["op_GreaterThanOrEqual"] = ">=", ["op_UnaryNegation"] = "-",
        ["op_Implicit"] = "implicit", ["op_Explicit"] = "explicit",
    };

    public static string Of(ConstructorInfo constructor) =>
        $"{Access(constructor)}{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)})";

    /// <summary>The signature that a delegate type stands for.</summary>
    public static string OfDelegate(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        return $"{Returned(invoke.ReturnParameter)} {CSharpNames.OfDeclared(type)}({Parameters(invoke)})";
    }

    public static string Of(MethodInfo method)
    {
        var name = (_operators.TryGetValue(method.Name, out var symbol) ? "operator " + symbol : method.Name)
            + (method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "");
        var constraints = method.IsGenericMethod ? Constraints(method.GetGenericArguments()) : "";
        return $"{Access(method)}{Modifiers(method)}{Returned(method.ReturnParameter)} {name}({Parameters(method)}){constraints}";
    }

    public static string Of(PropertyInfo property, Func<MethodInfo, bool> isPromised)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(isPromised).ToList();
        var first = accessors.MaxBy(accessor => accessor.IsPublic)!;
        var names = accessors.Select(accessor => (accessor.IsPublic || !first.IsPublic ? "" : "protected ") + (
            accessor.ReturnType != typeof(void) ? "get;"
            : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;"));
        var name = property.GetIndexParameters() is { Length: > 0 } index ? $"this[{string.Join(", ", index.Select(Parameter))}]" : property.Name;
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var type = CSharpNames.Of(property.PropertyType, new NullabilityInfoContext().Create(property));
        return $"{Access(first)}{Modifiers(first)}{required}{type} {name} {{ {string.Join(' ', names)} }}";
    }

    public static string Of(EventInfo happening) =>
        $"{Access(happening.AddMethod!)}{Modifiers(happening.AddMethod!)}event {CSharpNames.Of(happening.EventHandlerType!, new NullabilityInfoContext().Create(happening))} {happening.Name}";

    public static string Of(FieldInfo field)
    {
        var kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        var value = field.IsLiteral ? " = " + CSharpNames.OfValue(field.GetRawConstantValue(), field.FieldType) : "";
        return $"{(field.IsPublic ? "" : "protected ")}{kind}{CSharpNames.Of(field.FieldType, new NullabilityInfoContext().Create(field))} {field.Name}{value}";
    }

    public static string Constraints(Type[] parameters) => string.Concat(
        from parameter in parameters
        let attributes = parameter.GenericParameterAttributes
        let isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint)
        let kind = isStruct ? "struct" : attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? "class" : ""
        let all = new List<string> { kind }.Where(word => word.Length > 0)
            .Concat(parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(type => CSharpNames.Of(type)))
            .Concat(attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct ? ["new()"] : [])
            .ToList()
        where all.Count > 0
        select $" where {parameter.Name} : {string.Join(", ", all)}");

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method) => method switch
    {
        { IsStatic: true } => method.DeclaringType!.IsInterface && method.IsAbstract ? "static abstract " : "static ",
        { DeclaringType.IsInterface: true } => method.IsAbstract ? "" : "virtual ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } when method.GetBaseDefinition() != method => "override ",
        { IsVirtual: true, IsFinal: true } when method.GetBaseDefinition() != method => "sealed override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string Returned(ParameterInfo returned) =>
        (returned.ParameterType.IsByRef ? "ref " : "") + CSharpNames.Of(returned.ParameterType, new NullabilityInfoContext().Create(returned));

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var way = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true } => parameter.IsIn ? "in " : "ref ",
            _ => parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "",
        };
        var value = parameter.HasDefaultValue ? " = " + CSharpNames.OfValue(parameter.DefaultValue, parameter.ParameterType) : "";
        return $"{way}{CSharpNames.Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter))} {parameter.Name}{value}";
    }
}
