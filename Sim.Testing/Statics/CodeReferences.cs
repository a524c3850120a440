using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Sim.Testing;

/// <summary>What the instructions of a method refer to: methods, fields and types.</summary>
internal static class CodeReferences
{
    // By the first byte; those with two bytes by the second, from 256 on. Looked up, never iterated.
    private static readonly OpCode?[] _codes = ReadCodes();

    /// <summary>The members, in the order of the instructions; nothing for a method without a body.</summary>
    public static IEnumerable<MemberInfo> Of(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            yield break;
        }

        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var ofMethod = method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var known = code[at] == 0xFE ? _codes[256 + code[at + 1]] : _codes[code[at]];
            if (known is not { } instruction)
            {
                yield break;
            }

            at += instruction.Size;
            if (RefersToAMember(instruction.OperandType)
                && Resolve(method.Module, BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at)), ofType, ofMethod) is { } member)
            {
                yield return member;
            }

            at += instruction.OperandType == OperandType.InlineSwitch
                ? 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at)))
                : OperandSize(instruction.OperandType);
        }
    }

    private static bool RefersToAMember(OperandType operand) =>
        operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok or OperandType.InlineType;

    private static MemberInfo? Resolve(Module module, int token, Type[]? ofType, Type[]? ofMethod)
    {
        try
        {
            return module.ResolveMember(token, ofType, ofMethod);
        }
        catch (Exception error) when (
            error is ArgumentException or BadImageFormatException or TypeLoadException or IOException or MissingMemberException)
        {
            // What cannot be loaded here is not run here either.
            return null;
        }
    }

    private static int OperandSize(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private static OpCode?[] ReadCodes()
    {
        var codes = new OpCode?[512];
        foreach (var field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            if (field.GetValue(null) is OpCode code)
            {
                codes[(code.Size == 2 ? 256 : 0) + (code.Value & 0xFF)] = code;
            }
        }

        return codes;
    }
}
