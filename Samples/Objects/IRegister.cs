namespace Samples;

/// <summary>One number that several tasks share.</summary>
public interface IRegister
{
    /// <summary>The number.</summary>
    Task<int> ReadAsync();

    /// <summary>Sets it.</summary>
    Task WriteAsync(int value);

    /// <summary>Sets it if it is what is expected; says whether it was.</summary>
    Task<bool> SwapAsync(int expected, int value);
}
