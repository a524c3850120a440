namespace Sim.Core;

/// <summary>
/// What a step touches, or is about to: for schedulers that ask which steps could disturb one another. Two operations
/// conflict when they are on the same resource and one of them writes.
/// </summary>
/// <param name="Resource">A lock, a queue, or the name of a variable; names are the same by their text, all else by identity.</param>
/// <param name="IsWrite">Whether it changes the resource.</param>
public readonly record struct Operation(object Resource, bool IsWrite);
