namespace Sim.Cli;

/// <summary>What scenarios write to the console: shown when a run is made to be looked at, dropped when a thousand are.</summary>
internal sealed class BodyConsole : IDisposable
{
    private readonly TextWriter _output = Console.Out;
    private readonly TextWriter _error = Console.Error;

    private BodyConsole(TextWriter output, TextWriter error)
    {
        Console.SetOut(output);
        Console.SetError(error);
    }

    /// <summary>Drops it until the result is disposed.</summary>
    public static BodyConsole Discard() => new(TextWriter.Null, TextWriter.Null);

    /// <summary>Sends it where the tool writes, until the result is disposed.</summary>
    public static BodyConsole Show(ToolConsole console) => new(console.Output, console.Error);

    public void Dispose()
    {
        Console.SetOut(_output);
        Console.SetError(_error);
    }
}
