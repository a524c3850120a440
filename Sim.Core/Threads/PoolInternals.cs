using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// The parts of .NET's thread pool that have no public name: where a thread keeps the work that it gives to the pool. Only data
/// of the calling thread is touched, no code is changed. What is missing is told by name, when it is asked for.
/// </summary>
internal static class PoolInternals
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Lazy<Parts> _parts = new(static () => new Parts());

    /// <summary>Takes the oldest piece of work out of a queue, or nothing.</summary>
    public delegate object? Take(ref bool missed);

    /// <summary>The execution context in which nothing was set: that of a thread of the pool.</summary>
    public static ExecutionContext DefaultContext => _parts.Value.DefaultContext;

    /// <summary>Runs a piece of work as a thread of the pool would, on this thread.</summary>
    public static void Execute(object work) => _parts.Value.Execute(work, Thread.CurrentThread);

    /// <summary>A thread's part of the pool that nobody but its owner takes work from.</summary>
    /// <param name="take">Takes the oldest piece of work out.</param>
    public static object NewShare(out Take take) => _parts.Value.NewShare(out take);

    /// <summary>Gives this thread another part of the pool.</summary>
    /// <returns>The one that it had.</returns>
    public static object? Exchange(object? share) => _parts.Value.Exchange(share);

    private sealed class Parts
    {
        private readonly Type _shareType;
        private readonly Type _queueType;
        private readonly object _pool;
        private readonly FieldInfo _current;
        private readonly MethodInfo _take;

        public Parts()
        {
            var core = typeof(object).Assembly;
            var pool = Named(core.GetType("System.Threading.ThreadPoolWorkQueue"), "ThreadPoolWorkQueue");
            _shareType = Named(core.GetType("System.Threading.ThreadPoolWorkQueueThreadLocals"), "ThreadPoolWorkQueueThreadLocals");
            _queueType = Named(pool.GetNestedType("WorkStealingQueue", Any), "WorkStealingQueue");
            _pool = Named(Named(typeof(ThreadPool).GetField("s_workQueue", Any), "s_workQueue").GetValue(null), "s_workQueue");
            _current = Field("threadLocals");
            _take = Named(_queueType.GetMethod("TrySteal", Any), "TrySteal");
            Execute = Named(pool.GetMethod("DispatchWorkItem", Any), "DispatchWorkItem").CreateDelegate<Action<object, Thread>>();
            const string Empty = "ExecutionContext.Default";
            DefaultContext = (ExecutionContext)Named(Named(typeof(ExecutionContext).GetField("Default", Any), Empty).GetValue(null), Empty);
        }

        public Action<object, Thread> Execute { get; }

        public ExecutionContext DefaultContext { get; }

        public object NewShare(out Take take)
        {
            var share = RuntimeHelpers.GetUninitializedObject(_shareType);
#pragma warning disable CA1816 // Its finalizer would give the work away to others.
            GC.SuppressFinalize(share);
#pragma warning restore CA1816
            // Not one of the queues that other threads look into.
            var queue = Activator.CreateInstance(_queueType, nonPublic: true)!;
            Field("workStealingQueue").SetValue(share, queue);
            Field("workQueue").SetValue(share, _pool);
            // What is meant for all threads goes to all threads, whatever the number of processors.
            var forAll = Named(_pool.GetType().GetField("workItems", Any), "workItems");
            Field("assignedGlobalWorkItemQueue").SetValue(share, forAll.GetValue(_pool));
            Field("currentThread").SetValue(share, Thread.CurrentThread);
            Field("random").SetValue(share, Activator.CreateInstance(Field("random").FieldType, nonPublic: true));
            const string Count = "GetOrCreateThreadLocalCompletionCountObject";
            var count = Named(typeof(ThreadPool).GetMethod(Count, Any), Count);
            Field("threadLocalCompletionCountObject").SetValue(share, count.Invoke(null, null));
            take = (Take)Delegate.CreateDelegate(typeof(Take), queue, _take);
            return share;
        }

        public object? Exchange(object? share)
        {
            var previous = _current.GetValue(null);
            _current.SetValue(null, share);
            return previous;
        }

        private FieldInfo Field(string name) => Named(_shareType.GetField(name, Any), name);

        private static T Named<T>(T? part, string name)
            where T : class => part ?? throw new PlatformNotSupportedException(
                $"The thread pool of {RuntimeInformation.FrameworkDescription} has no {name}: "
                + "this version of Sim.Core cannot keep the pool's work on the loop there. Run on .NET 10, or look for a newer version.");
    }
}
