namespace Sim.Tests;

/// <summary>One thing the caretaker objects to: where it stands, and what is wrong with it.</summary>
internal sealed record Finding(string Where, string What)
{
    public override string ToString() => $"{Where}: {What}";
}
