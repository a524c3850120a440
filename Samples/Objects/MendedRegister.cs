namespace Samples;

/// <summary>A register whose every operation takes effect at one moment, without an await between look and write.</summary>
public sealed class MendedRegister : IRegister
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
        await Wire.CrossAsync();
    }

    /// <inheritdoc/>
    public async Task<bool> SwapAsync(int expected, int value)
    {
        await Wire.CrossAsync();
        if (_value != expected)
        {
            return false;
        }

        _value = value;
        return true;
    }
}
