using System.Collections.Immutable;
using FsCheck.Fluent;
using Samples;
using Sim.Testing.FsCheck;
using Sim.World;

namespace Sim.Tests;

/// <summary>The shared objects of the samples with their models.</summary>
internal static class SampleMachines
{
    public static Machine<IRegister, int> Register(Func<IRegister> create) => Machine
        .Of(create, initial: 0)
        .Operation("read", register => register.ReadAsync(), value => (value, value))
        .Operation("write", Gen.Choose(1, 3), (register, next) => register.WriteAsync(next), (_, next) => next)
        .Operation(
            "swap",
            Gen.Choose(0, 3).Two(),
            (register, pair) => register.SwapAsync(expected: pair.Item1, value: pair.Item2),
            (value, pair) => value == pair.Item1 ? (pair.Item2, true) : (value, false));

    public static Machine<IJobQueue, ImmutableQueue<int>> Queue(Func<IJobQueue> create) => Machine
        .Of(create, ImmutableQueue<int>.Empty)
        .Operation("put", Gen.Choose(1, 9), (queue, job) => queue.PutAsync(job), (jobs, job) => jobs.Enqueue(job))
        .Operation(
            "take",
            queue => queue.TakeAsync(),
            jobs => jobs.IsEmpty ? ModelStep.Waits : (jobs.Dequeue(), jobs.Peek()));

    #region store-machine
    public static Machine<IStore, int> Store(Func<IStore> create) => Machine
        .Of(create, initial: 0)
        .Operation("get", Gen.Elements("a", "b"), (store, key) => store.GetAsync(key), (value, _) => (value, value), key: key => key)
        .Operation(
            "put",
            Gen.Zip(Gen.Elements("a", "b"), Gen.Choose(1, 9)),
            (store, entry) => store.PutAsync(entry.Item1, entry.Item2),
            (_, entry) => entry.Item2,
            key: entry => entry.Item1);
    #endregion
}
