namespace Sim.Conformance;

/// <summary>All operations of the format.</summary>
internal static class OpFamilies
{
    public static OpCatalog All { get; } = Make();

    private static OpCatalog Make()
    {
        var catalog = new OpCatalog();
        BasicOps.AddTo(catalog);
        BlockOps.AddTo(catalog);
        HandleOps.AddTo(catalog);
        FutureOps.AddTo(catalog);
        TaskOps.AddTo(catalog);
        CombinatorOps.AddTo(catalog);
        TimeoutOps.AddTo(catalog);
        InputOps.AddTo(catalog);
        SyncOps.AddTo(catalog);
        QueueOps.AddTo(catalog);
        return catalog;
    }
}
