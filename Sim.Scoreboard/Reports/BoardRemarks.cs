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

    public const string WhatNeedsTime =
        """

        ## When time passes

        The last two programs have bugs that no order of steps can show: in `retry_after_timeout` a timer must beat work that is
        ready, in `lease` a step must take a second. Strategies that decide on the order alone (all but `starve`, and `portfolio`,
        of which it is a member) make virtual time move only when there is nothing to do, so their `0/20` there is not bad luck.


        """;

    public const string WhyTheyDiffer =
        """

        ### Why some differ

        - **More points in a critical section.** Shuttle switches where a lock is released, not before it is taken: a section is
          one step there and two here. A window between two sections (`twostage`) is hit less often by random steps here.
        - **A fair lock.** With pthreads and in Shuttle any waiter may get a lock that is released, here the first one does, and
          no schedule changes that. It matters where many wait (`twostage_20`, `wronglock`, `din_phil`): who is first in line is
          one ready task among few, not one of a crowd.
        - **Starting is a step.** Here and in Shuttle a new task may run before its starter goes on, and begins with a step of its
          own; random walks over the threads of the artifact hardly ever make a late thread catch up (`reorder`, `twostage`,
          `stringbuffer`, `lazy01`).
        - **The order of starting.** Where many write and many read (`twostage_20`, `twostage_50`) they start in turn here; the
          description names no order, and one after the other makes late readers much later.
        - **Strict priorities and philosophers.** Under PCT a philosopher eats until a change of priorities comes just between
          its forks, and all must be stopped there. Figures that do not grow with the table need a program in which a
          philosopher gives its priority up between the forks; here none does.
        - **Programs are rebuilt from short descriptions.** Not told are the number of meals, how many items go through
          `boundedBuffer`, and how `qsort_mt` hands its work over: its race here is that of a worker that is given work while it
          falls asleep. A figure of 1.0 for `wronglock_3` means a program that nearly always fails; ours fails when the write of
          another task falls between two of the owner's three accesses.


        """;
}
