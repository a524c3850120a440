using Sim.Core;

namespace Samples;

/// <summary>A queue that takes a job out before it lets go of the loop.</summary>
public sealed class MendedJobQueue : IJobQueue
{
    private readonly AsyncQueue<int> _jobs = new();

    /// <inheritdoc/>
    public async Task PutAsync(int job) => await _jobs.PutAsync(job);

    /// <inheritdoc/>
    public async Task<int> TakeAsync()
    {
        var job = await _jobs.GetAsync();
        await Wire.CrossAsync();
        return job;
    }
}
