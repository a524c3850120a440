using System.Text;
using DiffEngine;
using NUnit.Framework;

namespace Sim.Testing.NUnit;

/// <summary>
/// Attaches received files to NUnit's report, and shows them in a diff tool where a person sits at the machine.
/// DiffEngine decides that (<c>DiffEngine_Disabled</c>, known build servers); <c>CI=true</c> is not in its list.
/// </summary>
internal sealed class NUnitSnapshotHost : ISnapshotHost
{
    public const string AcceptVariable = "SIM_ACCEPT_SNAPSHOTS";

    public bool Accepts => Environment.GetEnvironmentVariable(AcceptVariable) == "1";

    private static bool ShowsDiffs =>
        !DiffRunner.Disabled && !string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    public void Failed(SnapshotPair pair, bool showsDiff)
    {
        TestContext.AddTestAttachment(pair.Received, "The received snapshot");
        TestContext.Out.WriteLine(
            $"If the received text is right, move it over the verified file, or run the tests with {AcceptVariable}=1 and look at the difference in git.");
        if (showsDiff && ShowsDiffs)
        {
            ShowDiff(pair);
        }
    }

    public void Settled(SnapshotPair pair)
    {
        if (ShowsDiffs)
        {
            DiffRunner.Kill(pair.Received, pair.Verified);
        }
    }

    /// <summary>
    /// DiffEngine first makes the verified file when there is none, because many tools want two files; without a byte
    /// order mark it has zero bytes, which everybody takes for "not there". When no tool came up, it goes again.
    /// </summary>
    private static void ShowDiff(SnapshotPair pair)
    {
        var launched = DiffRunner.LaunchForText(pair.Received, pair.Verified, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var shown = launched is LaunchResult.StartedNewInstance or LaunchResult.AlreadyRunningAndSupportsRefresh;
        if (!shown && new FileInfo(pair.Verified) is { Exists: true, Length: 0 } placeholder)
        {
            placeholder.Delete();
        }
    }
}
