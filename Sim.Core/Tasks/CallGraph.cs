using System.Text;
using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// Who awaits whom: the tasks of a loop at one moment and the edges between them, through gathers, shields, waits and task
/// groups. asyncio 3.14 has it as <c>capture_call_graph</c> and <c>print_call_graph</c>. Does not change with the loop.
/// </summary>
public sealed class CallGraph
{
    // Further in there is a number instead of more space: the text of a chain must not be the square of its length.
    private const int DeepestIndent = 40;

    private readonly EventLoop _loop;
    private readonly Instant _time;
    private readonly IReadOnlyList<string> _forsaken;
    private readonly List<Node> _nodes = [];

    // Looked up, never iterated.
    private readonly Dictionary<ILoopTask, Node> _places = [];

    private CallGraph(EventLoop loop)
    {
        _loop = loop;
        _time = loop.Time;
        foreach (var context in loop.Contexts.OfType<TaskContext>())
        {
            var node = new Node(
                context.Task, $"{context.Name} {context.DescribeState()}", context.DescribeOrigin());
            _nodes.Add(node);
            _places.Add(node.Task, node);
        }

        foreach (var context in loop.Contexts.OfType<TaskContext>())
        {
            var node = _places[context.Task];
            foreach (var awaited in context.AwaitedTasks.Distinct())
            {
                // A task that has ended is no part of the graph: whoever awaits it is about to go on.
                if (_places.TryGetValue(awaited.Task, out var other))
                {
                    node.Awaits.Add(other);
                    other.AwaitedBy.Add(node);
                }
            }
        }

        _forsaken = loop.DescribeLeftFlows();
        Tasks = [.. _nodes.Select(static node => node.Task)];
    }

    /// <summary>The tasks that have not ended, in the order of their creation.</summary>
    public IReadOnlyList<ILoopTask> Tasks { get; }

    /// <summary>The graph of <paramref name="loop"/> as it is now.</summary>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public static CallGraph Capture(EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.CheckThread();
        return new CallGraph(loop);
    }

    /// <summary>A line for each task: what it does, and, where a scheduler keeps that, who has created it.</summary>
    public IReadOnlyList<string> DescribeEach() => [.. _nodes.Select(static node => node.Text + node.Origin)];

    /// <summary>A line for each async call, not made a task, that is suspended and that nobody awaits any more.</summary>
    public IReadOnlyList<string> DescribeForsaken() => _forsaken;

    /// <summary>The tasks that <paramref name="task"/> waits for.</summary>
    /// <exception cref="ArgumentException">The task had ended, or is of another loop.</exception>
    public IReadOnlyList<ILoopTask> AwaitedFrom(ILoopTask task) => [.. Find(task).Awaits.Select(static node => node.Task)];

    /// <summary>The tasks that wait for <paramref name="task"/>.</summary>
    /// <exception cref="ArgumentException">The task had ended, or is of another loop.</exception>
    public IReadOnlyList<ILoopTask> AwaitedBy(ILoopTask task) => [.. Find(task).AwaitedBy.Select(static node => node.Task)];

    /// <summary>As text: what <paramref name="task"/> does, and below it who waits for it, a level further in each time.</summary>
    /// <exception cref="ArgumentException">The task had ended, or is of another loop.</exception>
    public string Describe(ILoopTask task)
    {
        var text = new StringBuilder();
        Write(text, Find(task), 0, "", "awaited by ", static node => node.AwaitedBy, []);
        return text.ToString();
    }

    /// <summary>
    /// As text: first the tasks that nobody awaits, below each what it waits for. A task that several wait for is shown with its
    /// own waits once, so that the text stays as long as the graph.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{_nodes.Count} {(_nodes.Count == 1 ? "task" : "tasks")} of {_loop.Options.Name} at {_time}");
        var shown = new HashSet<Node>();
        foreach (var root in _nodes.Where(static node => node.AwaitedBy.Count == 0))
        {
            Write(text, root, 1, "", "", static node => node.Awaits, shown);
        }

        // What is left awaits itself, in a circle.
        foreach (var node in _nodes.Where(node => !shown.Contains(node)))
        {
            Write(text, node, 1, "in a circle: ", "", static node => node.Awaits, shown);
        }

        return text.ToString();
    }

    private static void Write(
        StringBuilder text, Node root, int depth, string rootPrefix, string prefix, Func<Node, List<Node>> next, HashSet<Node> shown)
    {
        // A stack of its own: a chain of tasks may be longer than the thread's.
        var ahead = new Stack<(Node Node, int Depth, string Prefix)>([(root, depth, rootPrefix)]);
        while (ahead.TryPop(out var at))
        {
            if (text.Length > 0)
            {
                text.Append('\n');
            }

            var isNew = shown.Add(at.Node);
            text.Append(' ', Math.Min(at.Depth, DeepestIndent) * 2).Append(at.Depth > DeepestIndent ? $"[level {at.Depth}] " : "");
            text.Append(at.Prefix).Append(isNew ? at.Node.Text : $"{at.Node.Task.Name} (above)");
            if (isNew)
            {
                foreach (var other in next(at.Node).AsEnumerable().Reverse())
                {
                    ahead.Push((other, at.Depth + 1, prefix));
                }
            }
        }
    }

    private Node Find(ILoopTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return _places.GetValueOrDefault(task) ?? throw new ArgumentException(
            $"Task {task.Name} is not in this call graph, which was taken at {_time} of {_loop.Options.Name}: it had ended, or is of another loop.");
    }

    /// <summary>A task with its edges.</summary>
    private sealed class Node(ILoopTask task, string text, string origin)
    {
        public string Origin => origin;

        public ILoopTask Task => task;

        public string Text => text;

        public List<Node> Awaits { get; } = [];

        public List<Node> AwaitedBy { get; } = [];
    }
}
