namespace Sim.Testing.NUnit;

/// <summary>How the received text stands to the verified file.</summary>
internal enum SnapshotVerdict
{
    /// <summary>The same text; no received file remains.</summary>
    Equal,

    /// <summary>There is no verified file, or one without text, as diff tools make them.</summary>
    New,

    /// <summary>The verified file holds another text.</summary>
    NotEqual,

    /// <summary>The verified file holds a carriage return, so it was converted by git or an editor.</summary>
    CarriageReturn,
}
