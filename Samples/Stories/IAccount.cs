namespace Samples;

/// <summary>A bank account that must never be overdrawn.</summary>
public interface IAccount
{
    /// <summary>What is left.</summary>
    int Balance { get; }

    /// <summary>Pays out <paramref name="amount"/> if it is there.</summary>
    /// <returns>Whether it was.</returns>
    Task<bool> WithdrawAsync(int amount);
}
