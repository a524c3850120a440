#region board
namespace Sim.Tests;

/// <summary>Where the rate is shown.</summary>
public sealed class RateBoard
{
    public int Cents { get; private set; }

    public int Refreshes { get; private set; }

    public void Put(int cents)
    {
        Cents = cents;
        Refreshes++;
    }
}
#endregion
