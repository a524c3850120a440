namespace Sim.Testing;

/// <summary>An implementation does not keep its contract; the message says in a sentence what it did instead.</summary>
public sealed class ContractViolationException : Exception
{
    /// <summary>A violation without a description.</summary>
    public ContractViolationException()
        : this("The contract was violated.")
    {
    }

    /// <summary>A violation described by a sentence.</summary>
    public ContractViolationException(string message)
        : base(message)
    {
    }

    /// <summary>A violation described by a sentence, with what was thrown.</summary>
    public ContractViolationException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    internal static void Require(bool kept, string otherwise)
    {
        if (!kept) throw new ContractViolationException(otherwise);
    }
}
