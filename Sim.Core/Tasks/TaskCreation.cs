namespace Sim.Core;

/// <summary>What is asked for when a task is made, besides its body.</summary>
/// <param name="Name">The name; null = after the method in the source text of the body.</param>
/// <param name="Eager">Whether to take the first step at once; null = as the factory has it.</param>
/// <param name="Expression">The source text of the body.</param>
public readonly record struct TaskCreation(string? Name, bool? Eager, string? Expression);
