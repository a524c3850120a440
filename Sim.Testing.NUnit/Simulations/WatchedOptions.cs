namespace Sim.Testing.NUnit;

/// <summary>A campaign that somebody looks at in a debugger: as few runs as it takes to come to the one that fails.</summary>
internal static class WatchedOptions
{
    /// <summary>With a debugger, each exception takes milliseconds.</summary>
    private const int ShrinkBudget = 500;

    public static CampaignOptions Of(CampaignOptions options) => options with
    {
        Repetitions = 0,
        CheckEvery = int.MaxValue,
        ShrinkBudget = Math.Min(options.ShrinkBudget, ShrinkBudget),
        Explains = false,
    };
}
