namespace Sim.World;

/// <summary>
/// What strategies with a seed have in common: one generator that begins anew with each run, so that seed, profile and
/// scenario give the decisions, and draws with the same chance for every value. Work takes no time unless a strategy says so.
/// </summary>
/// <param name="name">The name of the family.</param>
/// <param name="seed">The seed.</param>
public abstract class SeededStrategy(string name, long seed) : IStrategy
{
    /// <inheritdoc/>
    public string Name => $"{name}, seed {seed}";

    /// <summary>The only source of chance.</summary>
    protected SplitMix64 Source { get; private set; } = new(seed);

    /// <inheritdoc/>
    public void Begin()
    {
        Source = new SplitMix64(seed);
        Restart();
    }

    /// <inheritdoc/>
    public int Decide(in DecisionPoint point) => point.Kind switch
    {
        DecisionKind.Order => Choose(in point),
        DecisionKind.Draw => Source.Below(point.Bound),
        DecisionKind.Time => LetTimePass(in point) ? 1 : 0,
        DecisionKind.Cost => Price(in point),
        _ => throw new ArgumentOutOfRangeException(nameof(point), point.Kind, "There is no such kind of decision."),
    };

    /// <inheritdoc/>
    public virtual bool PricesWork => false;

    /// <inheritdoc/>
    public virtual void Took(in DecisionPoint point, int value)
    {
    }

    /// <inheritdoc/>
    public virtual void Touched(int resource, bool isWrite)
    {
    }

    /// <inheritdoc/>
    public virtual void End()
    {
    }

    /// <summary>The length of the run, if the profile has one; else a guess, another one for each seed: a power of two up to 1,024.</summary>
    protected long LengthOrGuess(long profiled) => profiled > 0 ? profiled : 2L << Source.Below(10);

    /// <summary>A run begins: forgets the last one and draws what is drawn once.</summary>
    protected abstract void Restart();

    /// <summary>Which of the ready runs next.</summary>
    protected abstract int Choose(in DecisionPoint point);

    /// <summary>Whether time passes up to the next timer although work is ready.</summary>
    protected virtual bool LetTimePass(in DecisionPoint point) => false;

    /// <summary>How much time passes before the chosen step: a value of <see cref="WorkCost"/>.</summary>
    protected virtual int Price(in DecisionPoint point) => 0;
}
