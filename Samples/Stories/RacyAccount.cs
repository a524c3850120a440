using Sim.Core;

namespace Samples;

#region account-race
/// <summary>An account with a planted bug: between the check and the payment there is an await.</summary>
public sealed class RacyAccount(int balance) : IAccount
{
    /// <inheritdoc/>
    public int Balance { get; private set; } = balance;

    /// <inheritdoc/>
    public async Task<bool> WithdrawAsync(int amount)
    {
        var loop = Asyncio.GetRunningLoop();
        if (Balance < amount)
        {
            loop.Note($"{amount} refused: only {Balance} there");
            return false;
        }

        loop.Note($"{amount} granted: {Balance} there");
        await Wire.CrossAsync(); // the booking is sent to the ledger; who else checks the balance meanwhile?
        Balance -= amount;
        loop.Note($"{amount} paid: {Balance} left");
        return true;
    }
}
#endregion
