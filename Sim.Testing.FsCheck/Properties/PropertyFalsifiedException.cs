namespace Sim.Testing.FsCheck;

/// <summary>A property returned false, or a <c>Property</c> that does not hold.</summary>
public sealed class PropertyFalsifiedException : Exception
{
    /// <summary>An error with a message.</summary>
    public PropertyFalsifiedException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and what led to it.</summary>
    public PropertyFalsifiedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
