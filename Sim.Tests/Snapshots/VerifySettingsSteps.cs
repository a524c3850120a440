using Sim.Testing.NUnit;

namespace Sim.Tests;

/// <summary>Several changes of settings in one expression.</summary>
internal static class VerifySettingsSteps
{
    public static Snapshots.VerifySettings With(this Snapshots.VerifySettings settings, params Action<Snapshots.VerifySettings>[] steps)
    {
        foreach (var step in steps)
        {
            step(settings);
        }

        return settings;
    }
}
