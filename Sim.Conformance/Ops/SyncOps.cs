namespace Sim.Conformance;

/// <summary>Locks, semaphores, events, conditions and barriers.</summary>
internal static class SyncOps
{
    public static void AddTo(OpCatalog catalog)
    {
        AddLocks(catalog);
        AddSemaphores(catalog);
        AddEvents(catalog);
        AddConditions(catalog);
        AddBarriers(catalog);
    }

    private static void AddLocks(OpCatalog catalog)
    {
        Do(catalog, "unlock", "l:Lock", static (all, op) => all.Locks[op.Index("l")].Release());
        catalog.Sync("locked", "l:Lock", static (frame, op) => frame.Machine.Objects.Locks[op.Index("l")].IsLocked);
        Await(catalog, "lock", "l:Lock", true, static async (all, op) => await all.Locks[op.Index("l")].AcquireAsync());
    }

    private static void AddSemaphores(OpCatalog catalog)
    {
        Do(catalog, "sem_rel", "s:Semaphore", static (all, op) => all.Semaphores[op.Index("s")].Release());
        catalog.Sync("sem_locked", "s:Semaphore", static (frame, op) => frame.Machine.Objects.Semaphores[op.Index("s")].IsLocked);
        Await(catalog, "sem_acq", "s:Semaphore", true, static async (all, op) => await all.Semaphores[op.Index("s")].AcquireAsync());
    }

    private static void AddEvents(OpCatalog catalog)
    {
        Do(catalog, "ev_set", "e:Event", static (all, op) => all.Events[op.Index("e")].Set());
        Do(catalog, "ev_clear", "e:Event", static (all, op) => all.Events[op.Index("e")].Clear());
        catalog.Sync("ev_state", "e:Event", static (frame, op) => frame.Machine.Objects.Events[op.Index("e")].IsSet);
        Await(catalog, "ev_wait", "e:Event", true, static (all, op) => all.Events[op.Index("e")].WaitAsync());
    }

    private static void AddConditions(OpCatalog catalog)
    {
        Do(catalog, "cond_rel", "c:Condition", static (all, op) => all.Conditions[op.Index("c")].Release());
        Do(catalog, "cond_notify", "c:Condition n:Number", static (all, op) => all.Conditions[op.Index("c")].Notify(op.Index("n")));
        Do(catalog, "cond_notify_all", "c:Condition", static (all, op) => all.Conditions[op.Index("c")].NotifyAll());
        Await(catalog, "cond_acq", "c:Condition", true, static async (all, op) => await all.Conditions[op.Index("c")].AcquireAsync());
        Await(catalog, "cond_wait", "c:Condition", true, static (all, op) => all.Conditions[op.Index("c")].WaitAsync());
    }

    private static void AddBarriers(OpCatalog catalog)
    {
        catalog.Sync("bar_state", "b:Barrier", static (frame, op) =>
        {
            var barrier = frame.Machine.Objects.Barriers[op.Index("b")];
            return $"{barrier.Waiting}/{barrier.Parties} {TraceText.Value(barrier.IsBroken)}";
        });
        catalog.Awaiting("bar_wait", "b:Barrier", static async (frame, op) => await frame.Machine.Objects.Barriers[op.Index("b")].WaitAsync());
        Await(catalog, "bar_reset", "b:Barrier", "ok", static (all, op) => all.Barriers[op.Index("b")].ResetAsync());
        Await(catalog, "bar_abort", "b:Barrier", "ok", static (all, op) => all.Barriers[op.Index("b")].AbortAsync());
    }

    private static void Do(OpCatalog catalog, string name, string fields, Action<SyncObjects, Op> act) => catalog.Sync(name, fields, (frame, op) =>
    {
        act(frame.Machine.Objects, op);
        return "ok";
    });

    private static void Await(OpCatalog catalog, string name, string fields, object result, Func<SyncObjects, Op, ValueTask> act) =>
        catalog.Awaiting(name, fields, async (frame, op) =>
        {
            await act(frame.Machine.Objects, op);
            return result;
        });
}
