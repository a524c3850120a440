#region source
namespace Sim.Tests;

/// <summary>Where rates come from.</summary>
public interface IRateSource
{
    /// <exception cref="HttpRequestException">It cannot be reached now.</exception>
    Task<int> FetchAsync(CancellationToken cancellationToken);
}
#endregion
