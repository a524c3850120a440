namespace Sim.Core;

/// <summary>States what must hold, as a sentence. On in every build: a broken invariant is a defect of this library.</summary>
internal static class Invariant
{
    public static void Holds(bool condition, string sentence)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Invariant of the event loop violated: {sentence}");
        }
    }
}
