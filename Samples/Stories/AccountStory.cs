using Sim.Core;
using Sim.Testing;

namespace Samples;

/// <summary>
/// The rent and a payment by card leave the same account at the same time, and a phone shows its balance. In the order in
/// which they were sent all is well, so a plain unit test is green; some schedules let the card's check come between the rent's check and its payment.
/// </summary>
public static class AccountStory
{
    private const int Start = 100;
    private const int Rent = 70;
    private const int Shopping = 50;

    /// <summary>With the planted bug.</summary>
    [Scenario("account-race", MustFail = "check-then-act across an await")]
    public static Task RaceAsync() => PayAsync(new RacyAccount(Start));

    /// <summary>With a lock around check and payment.</summary>
    [Scenario("account-mended")]
    public static Task MendedAsync() => PayAsync(new MendedAccount(Start));

    #region account-story
    private static async Task PayAsync(IAccount account)
    {
        var rent = Asyncio.CreateTask(() => account.WithdrawAsync(Rent), "rent");
        var card = Asyncio.CreateTask(() => PayByCardAsync(account), "card");
        var phone = Asyncio.CreateTask(() => ShowBalanceAsync(account), "phone");
        var paid = await Asyncio.GatherAsync(rent, card);
        await phone;

        InvariantBrokenException.ThrowUnless(
            account.Balance >= 0,
            $"The account is overdrawn: {account.Balance} left of {Start}, because the rent of {Rent} and the shopping for {Shopping} were both paid.");
        var spent = (paid[0] ? Rent : 0) + (paid[1] ? Shopping : 0);
        InvariantBrokenException.ThrowUnless(
            account.Balance == Start - spent, $"The books do not balance: {account.Balance} left of {Start}, and {spent} were paid.");
    }

    private static async Task<bool> PayByCardAsync(IAccount account)
    {
        await Wire.CrossAsync(); // the shop asks the card's company
        await Wire.CrossAsync(); // the card's company asks the bank
        return await account.WithdrawAsync(Shopping);
    }

    private static async Task ShowBalanceAsync(IAccount account)
    {
        await Wire.CrossAsync();
        Asyncio.GetRunningLoop().Note($"shows {account.Balance}");
    }
    #endregion
}
