using Sim.Core;

namespace Sim.Scoreboard;

/// <summary>
/// A variable that several tasks use without a lock: before each access stands a scheduling point at which the access is
/// announced. What a lock guards needs none of this and is a plain variable.
/// </summary>
internal sealed class Shared<T>(string name, T value)
{
    private T _value = value;

    public async ValueTask<T> ReadAsync()
    {
        await Asyncio.YieldBeforeAsync(name, isWrite: false);
        return _value;
    }

    public async ValueTask WriteAsync(T value)
    {
        await Asyncio.YieldBeforeAsync(name, isWrite: true);
        _value = value;
    }
}
