using Sim.World;

namespace Sim.Testing;

/// <summary>
/// The strategies that the seeds of one scenario stand for. 0 is first in, first out, and the run from which the others take
/// their estimates: whatever seed comes first, they are the same. One thread at a time.
/// </summary>
/// <param name="scenario">The scenario.</param>
/// <param name="family">Of which family the strategies are.</param>
internal sealed class SeedStrategies(Scenario scenario, IStrategyFamily family)
{
    private readonly ProfilingStrategy _counting = new();
    private RunProfile? _profile;
    private bool _hasRun;

    /// <summary>The strategy of a seed.</summary>
    public IStrategy Of(long seed)
    {
        if (seed == 0)
        {
            _hasRun = true;
            return _counting;
        }

        Learn();
        return family.Create(seed, _profile!);
    }

    /// <summary>Makes sure that the scenario is known, by a run if there was none with seed 0.</summary>
    public void Learn()
    {
        if (_profile is null)
        {
            if (!_hasRun)
            {
                scenario.Run(_counting, patient: false, records: false);
            }

            _profile = _counting.ToProfile();
        }
    }
}
