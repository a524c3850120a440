namespace Sim.World;

/// <summary>What was decided.</summary>
public enum DecisionKind
{
    /// <summary>Which of the ready callbacks runs next; 0 = the oldest.</summary>
    Order,

    /// <summary>What a drawn number is; 0 = the tame default.</summary>
    Draw,

    /// <summary>Whether time passes up to the next timer although work is ready: 1 = it does, 0 = work takes no time.</summary>
    Time,

    /// <summary>
    /// How much time passes before a step begins, because the work before it took that long or the machine stood still:
    /// 0 = none, otherwise a power of ten (<see cref="WorkCost"/>). Asked for in runs that price work.
    /// </summary>
    Cost,
}
