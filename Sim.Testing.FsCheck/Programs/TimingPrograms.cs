using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using static Sim.Testing.FsCheck.TimingOperation;

namespace Sim.Testing.FsCheck;

/// <summary>
/// Generates timing programs whose delays are so few and small that ties are frequent, and shrinks them by removing
/// operations and lowering delays. For <c>[Properties(Arbitrary = [typeof(TimingPrograms)])]</c> or <c>Prop.ForAll</c>.
/// </summary>
public static class TimingPrograms
{
    /// <summary>How many futures a generated program has.</summary>
    public const int Futures = 3;

    /// <summary>Delays are from 0 to this, in milliseconds.</summary>
    public const int LongestDelay = 4;

    /// <summary>Programs with all operations.</summary>
    public static Arbitrary<TimingProgram> Programs() => Arb.From(Generator(), Shrink);

    /// <summary>Smaller programs: fewer operations first, then lower delays.</summary>
    public static IEnumerable<TimingProgram> Shrink(TimingProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return TimingProgramShrinker.Shrink(program.Main, inTask: true).Select(static main => new TimingProgram(main));
    }

    private static Gen<TimingProgram> Generator() => Gen.Sized(static size =>
        from main in Body(2 + Math.Min(size / 8, 8), depth: 3, inTask: true)
        select TimingProgramNumbers.Assign(main));

    private static Gen<ImmutableArray<TimingOperation>> Body(int length, int depth, bool inTask) =>
        from count in Gen.Choose(0, length)
        from operations in Operation(Math.Max(1, length / 2), depth, inTask).ArrayOf(count)
        select operations.ToImmutableArray();

    // Numbers are given out when the program is complete; until then a cancellation says how far to count.
    private static Gen<TimingOperation> Operation(int length, int depth, bool inTask)
    {
        var delay = Gen.Choose(0, LongestDelay);
        var any = Gen.Choose(0, 9);
        var future = Gen.Choose(0, Futures - 1);
        var choices = new List<(int Weight, Gen<TimingOperation> Operation)>
        {
            (2, Gen.Constant<TimingOperation>(new Log(0))),
            (2, Of(future, static number => new SetFuture(number))),
            (2, Of(any, static number => new CancelCallback(number))),
            (2, Of(any, static number => new CancelTask(number))),
        };
        if (inTask)
        {
            choices.Add((5, Of(delay, static milliseconds => new Sleep(milliseconds))));
            choices.Add((2, Gen.Constant<TimingOperation>(new Yield())));
            choices.Add((2, Of(future, static number => new AwaitFuture(number))));
        }

        if (depth > 0)
        {
            var callback = Body(length, depth - 1, inTask: false);
            var task = Body(length, depth - 1, inTask: true);
            var child = from body in task select new Spawn(0, body);
            choices.Add((3, Of(callback, static body => new CallSoon(0, body))));
            choices.Add((4, from milliseconds in delay from body in callback select (TimingOperation)new CallLater(0, milliseconds, body)));
            choices.Add((4, Of(child, static spawn => spawn)));
            if (inTask)
            {
                choices.Add((2, from count in Gen.Choose(0, 3) from children in child.ArrayOf(count) select (TimingOperation)new Gather([.. children])));
                choices.Add((1, Of(task, static body => new Guard(body))));
            }
        }

        return Gen.Frequency(choices.ToArray());
    }

    private static Gen<TimingOperation> Of<T>(Gen<T> values, Func<T, TimingOperation> make) => values.Select(make);
}
