#region recorded-history
using Samples;
using Sim.Core;
using Sim.Testing;
using Sim.Testing.NUnit;
using Sim.World;

namespace Sim.Tests;

public class RecordedHistoryTests
{
    private abstract record Operation
    {
        public sealed record Read : Operation;

        public sealed record Write(int Value) : Operation;
    }

    private sealed class RegisterModel : ISequentialModel<int, Operation>
    {
        public int Initial => 0;

        public ModelStep<int, object?> Apply(int state, Operation operation) => operation switch
        {
            Operation.Write write => (write.Value, null),
            _ => (state, state),
        };
    }

    [SimTest(Runs = 100)]
    public async Task Readers_SeeWhatAWriterWrites()
    {
        var register = new MendedRegister();
        var history = new HistoryRecorder();

        await Asyncio.GatherAsync(
            () => history.RunAsync("writer", new Operation.Write(1), () => register.WriteAsync(1)),
            () => history.RunAsync("ann", new Operation.Read(), () => register.ReadAsync()),
            () => history.RunAsync("bob", new Operation.Read(), () => register.ReadAsync()));

        NotLinearizableException.ThrowUnless(history.ToHistory(), new RegisterModel());
    }
}
#endregion
