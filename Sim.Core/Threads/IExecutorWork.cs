namespace Sim.Core;

/// <summary>A piece of work that is out at an executor, whatever the type of its result.</summary>
internal interface IExecutorWork : INamedWork
{
    /// <summary>Whether the executor is the loop's default one, whose shutdown waits for it.</summary>
    bool IsForDefault { get; }

    /// <summary>Where it stands in the list of what is out. Loop thread only.</summary>
    LinkedListNode<IExecutorWork>? Place { get; set; }

    /// <summary>Gives the outcome to those who wait. Loop thread only.</summary>
    void TakeOutcome();

    /// <summary>The failure, if there is one and nobody has taken it. Any thread.</summary>
    Exception? TakeFailure();
}
