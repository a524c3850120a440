using Sim.Testing;

namespace Sim.Cli;

/// <summary>Shows how far a series of campaigns has come. On the thread of the series.</summary>
internal interface IProgressView : IProgress<CampaignProgress>
{
    /// <summary>Takes away what is shown, so that something else can be written; the next report shows it again.</summary>
    void Clear();
}
