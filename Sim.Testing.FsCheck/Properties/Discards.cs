using FsCheck.Fluent;

namespace Sim.Testing.FsCheck;

/// <summary>Recognises the exception by which FsCheck discards a sample; its type is not public.</summary>
internal static class Discards
{
    private static readonly Type _type = Learn();

    public static bool Is(Exception error) => error.GetType() == _type;

    private static Type Learn()
    {
        try
        {
            Prop.Discard<int>();
            return typeof(void);
        }
        catch (Exception discard)
        {
            return discard.GetType();
        }
    }
}
