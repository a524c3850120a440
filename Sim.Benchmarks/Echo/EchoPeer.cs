namespace Sim.Benchmarks;

/// <summary>A server to measure: how to start it, and what to say where that is not possible.</summary>
/// <param name="Key">Its name on the command line.</param>
/// <param name="Name">Its name in tables.</param>
/// <param name="Command">The program and its arguments; null = not on this machine.</param>
/// <param name="HowToGet">What to do then.</param>
/// <param name="MostConnections">More would only show that it is not made for so many.</param>
internal sealed record EchoPeer(
    string Key, string Name, IReadOnlyList<string>? Command, string HowToGet = "", int MostConnections = int.MaxValue)
{
    /// <summary>The word that makes this program an echo server.</summary>
    public const string ServerWord = "echo-server";

    public const string SimKey = "sim-epoll";
    public const string UvloopKey = "uvloop";
    public const string SocketsKey = "sockets";
    public const string FloorKey = "floor";

    /// <summary>All, on this machine.</summary>
    public static IReadOnlyList<EchoPeer> Find()
    {
        var withUvloop = Pythons.With("uvloop");
        var python = withUvloop ?? Pythons.With("asyncio");
        return
        [
            new(SimKey, "Sim, epoll", Own(SimKey)),
            new(UvloopKey, "uvloop, protocol", Script(withUvloop, "uvloop", "protocol"), "apt-get install python3-uvloop"),
            new("uvloop-streams", "uvloop, streams", Script(withUvloop, "uvloop", "streams"), "apt-get install python3-uvloop"),
            new(SocketsKey, "plain .NET sockets", Own(SocketsKey)),
            new("asyncio", "asyncio, protocol", Script(python, "asyncio", "protocol"), "apt-get install python3"),
            new("asyncio-streams", "asyncio, streams", Script(python, "asyncio", "streams"), "apt-get install python3"),
            new("sim-sleeping", "Sim, epoll without spin time", Own("sim-sleeping")),
            new("sim-completions", "Sim, completions of sockets", Own("sim-completions")),
            new("sim-select", "Sim, select", Own("sim-select"), MostConnections: 64),
            new(FloorKey, "raw epoll, no loop (the floor)", Own(FloorKey)),
        ];
    }

    private static IReadOnlyList<string> Own(string kind) => ThisProgram.With(ServerWord, kind);

    private static IReadOnlyList<string>? Script(string? python, string loop, string kind) =>
        python is null ? null : [python, Path.Combine(AppContext.BaseDirectory, "Echo", "echo_server.py"), loop, kind];
}
