using Sim.World;

namespace Sim.Scoreboard;

/// <summary>How large a program is: counted in the first run that does not fail, first in first out or by seeds.</summary>
/// <param name="Tasks">How many tasks, the main one included.</param>
/// <param name="Events">How many steps they take together.</param>
internal readonly record struct ProgramSize(int Tasks, int Events)
{
    // A program whose bug nearly always shows is counted as far as it comes.
    private const int Attempts = 100;

    public static ProgramSize Of(IBugProgram program)
    {
        var largest = default(ProgramSize);
        for (var seed = 0; seed < Attempts; seed++)
        {
            var counter = new StepCounter(seed == 0 ? new FifoStrategy() : new RandomStrategy(seed));
            var failed = Trial.ShowsTheBug(program, counter);
            largest = !failed || counter.Size.Events > largest.Events ? counter.Size : largest;
            if (!failed)
            {
                break;
            }
        }

        return largest;
    }
}
