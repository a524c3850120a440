using System.Runtime.CompilerServices;
using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>One operation of a machine with its argument. Its text form is a call: <c>put("a", 1)</c>.</summary>
/// <param name="Operation">Which operation of the machine.</param>
/// <param name="Name">Its name.</param>
/// <param name="Argument">Its argument, or a tuple of several; <see cref="NoArgument"/> for none.</param>
internal sealed record Command(int Operation, string Name, object? Argument)
{
    /// <summary>Stands where an operation takes no argument.</summary>
    public static object NoArgument { get; } = new();

    public override string ToString() =>
        Argument == NoArgument ? $"{Name}()" : Argument is ITuple ? Name + ValueText.Of(Argument) : $"{Name}({ValueText.Of(Argument)})";
}
