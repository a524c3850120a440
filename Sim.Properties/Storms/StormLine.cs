namespace Sim.Properties;

/// <summary>
/// Those who wait for one thing, and whether they are served in the order of their arrival. Where waking is no hand-over, one
/// that was woken may be robbed by a newcomer and goes to the end of the line (rule 87): from a robbery until nobody waits
/// any more, nothing is said about the order.
/// </summary>
internal sealed class StormLine(StormWorld world, string what, Action? changed = null)
{
    private readonly List<object> _waiting = [];
    private bool _isDisturbed;

    public int Count => _waiting.Count;

    public async ValueTask<T> WaitAsync<T>(ValueTask<T> wait)
    {
        if (wait.IsCompleted)
        {
            if (wait.IsCompletedSuccessfully)
            {
                Pass();
            }

            return await wait;
        }

        var ticket = new object();
        _waiting.Add(ticket);
        try
        {
            var result = await wait;
            world.Check(
                !world.IsFair || _isDisturbed || ReferenceEquals(_waiting[0], ticket), $"{what} is for who has waited longest");
            return result;
        }
        finally
        {
            _waiting.Remove(ticket);
            _isDisturbed &= Count > 0;
            changed?.Invoke();
            }
    }

    public async ValueTask WaitAsync(ValueTask wait)
    {
        await WaitAsync(WithResultAsync());

        async ValueTask<int> WithResultAsync()
        {
            await wait;
            return 0;
        }
    }

    /// <summary>Somebody is served who did not have to wait.</summary>
    public void Pass() => _isDisturbed |= Count > 0;
}
