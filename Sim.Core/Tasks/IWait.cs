namespace Sim.Core;

/// <summary>What a task can be suspended on, as far as the task needs to know it.</summary>
internal interface IWait
{
    /// <summary>Ends the wait with a cancellation; false when it has ended already.</summary>
    bool CancelWait();

    /// <summary>For traces and reports, with its verb ("sleeps until 3.000s"): the same words in every run.</summary>
    string DescribeWait();
}
