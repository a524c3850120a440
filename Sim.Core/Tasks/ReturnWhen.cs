namespace Sim.Core;

/// <summary>When <c>WaitAsync</c> returns.</summary>
public enum ReturnWhen
{
    /// <summary>When all are done.</summary>
    AllCompleted,

    /// <summary>When one of them is done or cancelled.</summary>
    FirstCompleted,

    /// <summary>When one of them has failed; a cancelled one does not count. If none fails, when all are done.</summary>
    FirstException,
}
