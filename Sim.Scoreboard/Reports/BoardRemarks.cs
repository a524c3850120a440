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

        - **What is a step.** A point before a lock and one before its release make two steps of a section, where others have one; a
          start costs a step here, none in one harness and many in another; a lock has a line here, and elsewhere any waiter may get
          it. Each is tried below.
        - **The order of starting.** Where many write and many read (`twostage_20`, `twostage_50`) they start in turn here; the
          description names no order.
        - **Strict priorities and philosophers.** Under PCT a philosopher eats until a change of priorities comes just between
          its forks, and all must be stopped there. Figures that do not grow with the table need a philosopher who gives way
          between the forks.

        """;

    public const string WhatIsLeft =
        """

        ### What no such rule explains

        - `wronglock_3` beside Shuttle: 1.0 means a program that nearly always fails, while the same with seven others fails once in
          three or four runs. Here, as in the artifact, three and seven are about as hard. It must have been another program.
        - `lazy01` by random steps beside the artifact: one in 21, where each of three tasks that do the same is last about one time in
          three. Why is not known.
        - `twostage_20` and `twostage_50` beside the artifact: fewer schedules are needed here, also with slow starts. How many write and
          in which order they start is not told there.
        - PCT10 on `reorder_3` to `reorder_5`: one price of a start does not fit all; eight steps are too few for the first and too many
          for the others. URW on `reorder_10` and `stringbuffer`, PCT3 there: the experiments go the right way and not far enough, or too far.
        - `circular_buffer`, `boundedBuffer` and `qsort_mt` are rebuilt from a sentence each. Not told are how many items go through the
          buffers and how `qsort_mt` hands its work over; its race here is that of a worker that is given work while it falls asleep, in
          less than half as many events. Fewer schedules are needed here than there.


        """;
}
