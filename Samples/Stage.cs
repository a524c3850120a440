using Sim.Core;

namespace Samples;

/// <summary>What a lesson is given: a time to play on, and writers for what it shows.</summary>
/// <param name="Time">The time on which its loops run.</param>
/// <param name="Out">For what the lesson shows: the same on every time.</param>
/// <param name="Log">For what may differ from machine to machine, such as the name of a poller.</param>
public sealed record Stage(LessonTime Time, TextWriter Out, TextWriter Log)
{
    /// <summary>A new loop on the stage's time: the loop factory of <see cref="Asyncio.Run(Func{Task}, Func{EventLoop}?)"/>.</summary>
    public EventLoop NewLoop() => Time.NewLoop();

    /// <summary>A new loop that bears <paramref name="name"/> in messages.</summary>
    public EventLoop NewLoop(string name) => Time.NewLoop(new LoopOptions { Name = name });

    /// <summary>A new loop that starts the machine's programs, or on virtual time <paramref name="standIns"/> of the same names.</summary>
    public EventLoop NewLoop(VirtualProcesses standIns) => Time.NewLoop(standIns);

    /// <summary>A new network for a loop of the stage: sockets, or their twin in memory.</summary>
    public INetwork NewNetwork(EventLoop loop) => Time.NewNetwork(loop);

    /// <summary>Shows one line.</summary>
    public void Print(string line) => Out.WriteLine(line);
}
