#region checkout-law
using NUnit.Framework;
using Sim.Core;
using Sim.Testing.FsCheck;

namespace Sim.Tests;

public class CheckoutLaws
{
    [SimProperty]
    public async Task ACustomer_IsChargedOnce(TimeSpan patience, FaultPlan faults)
    {
        var charged = new HashSet<string>();
        var charges = 0;

        async Task ChargeAsync(string order)
        {
            await faults.AtAsync("charge"); // may be late, may fail, may be lost
            charges += charged.Add(order) ? 1 : 0; // the bank knows the order again
            await faults.AtAsync("confirm");
        }

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            try
            {
                await Asyncio.TimeoutAsync(patience, () => ChargeAsync("order-1"));
                break;
            }
            catch (Exception error) when (error is TimeoutException or PlannedFaultException)
            {
                // once more
            }
        }

        Assert.That(charges, Is.LessThanOrEqualTo(1));
    }
}
#endregion
