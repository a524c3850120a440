using Sim.Core;
using Sim.Testing;

namespace Samples;

/// <summary>
/// A shop pays by a bank that answers at once. Where the answer does not come in time the shop asks again, and a bank that does
/// not know the second request for the first charges twice. That takes a bank that is slow for once: it has work to do, and time
/// passes all the same.
/// </summary>
public static class PaymentStory
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    /// <summary>With the planted bug.</summary>
    [Scenario("payment-twice", MustFail = "a request that is sent again is charged again")]
    public static Task TwiceAsync() => PayAsync(new Bank(knowsRequests: false));

    /// <summary>The bank charges a request once, however often it comes.</summary>
    [Scenario("payment-mended")]
    public static Task MendedAsync() => PayAsync(new Bank(knowsRequests: true));

    private static async Task PayAsync(Bank bank)
    {
        var work = Asyncio.CreateTask(bank.WorkAsync, "bank");
        #region retry
        for (var paid = false; !paid;)
        {
            try
            {
                paid = await Asyncio.WaitForAsync(bank.Ask(request: 7), _patience);
            }
            catch (TimeoutException)
            {
                Asyncio.GetRunningLoop().Note("no answer, once more");
            }
        }
        #endregion

        bank.Close();
        await work;
        InvariantBrokenException.ThrowUnless(bank.Charged == 1, $"The customer was charged {bank.Charged} times.");
    }
}
