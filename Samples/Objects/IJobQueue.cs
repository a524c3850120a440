namespace Samples;

/// <summary>Numbers of jobs, first in, first out, that several tasks share.</summary>
public interface IJobQueue
{
    /// <summary>Puts a job at the end.</summary>
    Task PutAsync(int job);

    /// <summary>Takes the first job; waits while there is none.</summary>
    Task<int> TakeAsync();
}
