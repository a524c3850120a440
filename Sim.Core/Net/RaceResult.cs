namespace Sim.Core;

/// <summary>How a <see cref="StaggeredRace"/> has ended.</summary>
/// <typeparam name="T">What an attempt brings home.</typeparam>
/// <param name="Winner">Which attempt has won; -1 = none.</param>
/// <param name="Prize">What it brought home.</param>
/// <param name="Errors">One entry for each attempt that began: its error, a cancellation too, or null for the winner.</param>
internal sealed record RaceResult<T>(int Winner, T? Prize, IReadOnlyList<Exception?> Errors);
