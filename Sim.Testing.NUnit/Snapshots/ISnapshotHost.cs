namespace Sim.Testing.NUnit;

/// <summary>What the engine needs from the world around the files: the wish to accept, the report, the diff tool.</summary>
internal interface ISnapshotHost
{
    /// <summary>Whether what is received becomes verified without a person looking at each file.</summary>
    bool Accepts { get; }

    /// <summary>A received file was left behind, and the test is about to fail.</summary>
    void Failed(SnapshotPair pair, bool showsDiff);

    /// <summary>The snapshot is settled: a diff tool that still shows it may close.</summary>
    void Settled(SnapshotPair pair);
}
