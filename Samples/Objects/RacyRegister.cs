namespace Samples;

/// <summary>A register with a planted bug: a swap looks first, and writes after an await.</summary>
public sealed class RacyRegister : IRegister
{
    private int _value;

    /// <inheritdoc/>
    public async Task<int> ReadAsync()
    {
        await Wire.CrossAsync();
        return _value;
    }

    /// <inheritdoc/>
    public async Task WriteAsync(int value)
    {
        await Wire.CrossAsync();
        _value = value;
    }

    /// <inheritdoc/>
    public async Task<bool> SwapAsync(int expected, int value)
    {
        if (await ReadAsync() != expected)
        {
            return false;
        }

        await WriteAsync(value); // who else has written meanwhile?
        return true;
    }
}
