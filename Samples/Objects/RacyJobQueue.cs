using Sim.Core;

namespace Samples;

/// <summary>A queue with a planted bug: between the look at the first job and its removal there is an await.</summary>
public sealed class RacyJobQueue : IJobQueue
{
    private readonly Queue<int> _jobs = [];
    private readonly AsyncCondition _changed = new();

    /// <inheritdoc/>
    public async Task PutAsync(int job)
    {
        using (await _changed.AcquireAsync())
        {
            _jobs.Enqueue(job);
            _changed.NotifyAll();
        }
    }

    /// <inheritdoc/>
    public async Task<int> TakeAsync()
    {
        using (await _changed.AcquireAsync())
        {
            await _changed.WaitForAsync(() => _jobs.Count > 0);
        }

        var job = _jobs.Peek();
        await Wire.CrossAsync(); // the job is written into the log; who else takes it meanwhile?
        _jobs.Dequeue();
        return job;
    }
}
