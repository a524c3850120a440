namespace Sim.Core;

/// <summary>What a loop knows of processes: what starts them, and which run. Loop thread only.</summary>
internal sealed class LoopProcesses
{
    private static readonly LoopLocal<LoopProcesses> _local = new(static loop => new LoopProcesses(loop));

    private readonly EventLoop _loop;

    // In the order in which they were started.
    private readonly LinkedList<Subprocess> _running = [];

    private LoopProcesses(EventLoop loop)
    {
        _loop = loop;
        Starter = NoProcesses.IsMarked(loop) ? new VirtualProcesses() : SystemProcesses.Instance;
        loop.Closing += Close;
    }

    public IProcessStarter Starter { get; set; }

    public static LoopProcesses Of(EventLoop loop) => _local[loop];

    public LinkedListNode<Subprocess> Add(Subprocess process) => _running.AddLast(process);

    public void Remove(LinkedListNode<Subprocess> place)
    {
        if (place.List is not null)
        {
            _running.Remove(place);
        }
    }

    // CPython warns of a transport that was not closed, and kills what it belongs to.
    private void Close()
    {
        while (_running.First is { } first)
        {
            _running.RemoveFirst();
            _loop.WriteLog(
                $"{_loop.Time} {_loop.Options.Name} is closed while {first.Value} runs, and kills it: nobody would ever learn how it ends. "
                + $"Await its {nameof(Subprocess.WaitAsync)}, or dispose it, before.");
            first.Value.Dispose();
        }
    }
}
