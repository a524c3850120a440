namespace Sim.Scoreboard;

/// <summary>What the page says about its figures. It names no figure of ours: those come from the run.</summary>
internal static class BoardRemarks
{
    public const string WhatIsAStep =
        """

        ## What counts as a step

        Absolute counts depend on where a schedule can switch, so strategies are to be compared within one table. Here a task is
        switched at its beginning, before it takes and before it releases a lock, before each access to a variable that no lock
        guards, and after it has started another task or waited for one. What a lock guards is touched without a point: nobody
        could get in between. Who has to wait for a lock stands in line, because asyncio's lock is served in the order of
        arrival: when it gets the lock, that is a step more, and the schedule cannot let another one past.

        One run of each program in the order of arrival comes first: from it PCT, URW and SURW take their estimates. It is not
        counted as a schedule, also where the bug shows in it.


        """;

    public const string WhyTheyDiffer =
        """

        ### Why some differ

        - **More points in a critical section.** Shuttle switches where a lock is released, not before it is taken: a section is
          one step there and two here. A window between two sections (`twostage`) is hit less often by a random walk here.
        - **A fair lock.** With pthreads and in Shuttle any waiter may get a lock that is released, here the first one does. Random
          walks depend on it where many wait (`twostage_20`, `wronglock`, `din_phil`): who is first in line is one ready task among few,
          not one of a crowd.
        - **Starting is a step.** Here and in Shuttle a new task may run before its starter goes on; the figures of the artifact
          for random walks show much longer head starts (`reorder`, `twostage`, `stringbuffer`, `lazy01`).
        - **Programs are rebuilt from short descriptions.** How many meals the philosophers take, how many items go through
          `boundedBuffer` and how `qsort_mt` begins and ends is not told by them; `qsort_mt` is smaller here than there, and its
          race is the one of a worker that is given work while it falls asleep.


        """;
}
