using Sim.World;

namespace Sim.Testing;

/// <summary>What a campaign keeps of one run.</summary>
/// <param name="Index">The number of the run in its campaign, from 0.</param>
/// <param name="ScheduleHash">Stands for its decisions.</param>
/// <param name="VirtualTime">How long it took, in virtual time.</param>
/// <param name="Coverage">Which schedules it stands for; null if that is not counted.</param>
/// <param name="LeftTasks">What was still alive at its end.</param>
/// <param name="Failed">The run, if it failed.</param>
internal sealed record SeedRun(
    int Index, ulong ScheduleHash, TimeSpan VirtualTime, RunCoverage? Coverage, IReadOnlyList<string> LeftTasks, RunReport? Failed);
