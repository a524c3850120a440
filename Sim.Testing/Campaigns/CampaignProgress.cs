namespace Sim.Testing;

/// <summary>Where a series of campaigns stands after a run.</summary>
/// <param name="Scenario">Whose schedules are searched.</param>
/// <param name="Number">Its number in the series, from 1.</param>
/// <param name="Of">How many scenarios the series has.</param>
/// <param name="Unexpected">How many campaigns of the series have ended with what nobody expected.</param>
/// <param name="Options">How this scenario is explored; a time that is shared out is its own share.</param>
/// <param name="Figures">What its campaign has done; all 0 before the first run.</param>
public readonly record struct CampaignProgress(
    Scenario Scenario, int Number, int Of, int Unexpected, CampaignOptions Options, CampaignFigures Figures);
