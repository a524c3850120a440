using Sim.Core;

namespace Samples;

#region account-mended
/// <summary>The same account, mended: from the check to the payment it is one withdrawal's turn.</summary>
public sealed class MendedAccount(int balance) : IAccount
{
    private readonly Turns _turns = new();

    /// <inheritdoc/>
    public int Balance { get; private set; } = balance;

    /// <inheritdoc/>
    public async Task<bool> WithdrawAsync(int amount)
    {
        var loop = Asyncio.GetRunningLoop();
        await _turns.TakeAsync();
        try
        {
            if (Balance < amount)
            {
                loop.Note($"{amount} refused: only {Balance} there");
                return false;
            }

            loop.Note($"{amount} granted: {Balance} there");
            await Wire.CrossAsync();
            Balance -= amount;
            loop.Note($"{amount} paid: {Balance} left");
            return true;
        }
        finally
        {
            _turns.Pass();
        }
    }
}
#endregion
