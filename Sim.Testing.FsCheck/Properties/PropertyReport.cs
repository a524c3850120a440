namespace Sim.Testing.FsCheck;

/// <summary>What became of a property.</summary>
/// <param name="Name">The property.</param>
/// <param name="Samples">How many samples were drawn and not discarded, the failing one included.</param>
/// <param name="Runs">How many runs they took, without shrinking.</param>
/// <param name="Failure">The shrunk failure, as a campaign of one scenario: the property with the shrunk data. Null if it held.</param>
internal sealed record PropertyReport(string Name, int Samples, int Runs, CampaignReport? Failure)
{
    /// <summary>Why the property must fail, if it must.</summary>
    public string? MustFail { get; init; }

    /// <summary>If too few samples met the conditions of the property: how many were discarded.</summary>
    public bool IsExhausted { get; init; }

    /// <summary>Whether it came as it should.</summary>
    public bool AsExpected => !IsExhausted && (MustFail is null ? Failure is null : Failure is { Replay: not null });

    /// <summary>If it did not: the text.</summary>
    /// <param name="target">The project that holds the property.</param>
    public string ToText(string target) => this switch
    {
        { Failure: { } failure } => FailureText.Of(failure, target),
        { IsExhausted: true } =>
            $"{Name} has discarded most of its samples: {(Samples == 0 ? "none" : $"only {Samples}")} "
            + "met its conditions. Generate what meets them.",
        _ => $"{Name} must fail ({MustFail}), but held for {Samples} samples in {Runs} runs: more samples may find it, or the bug is gone.",
    };
}
