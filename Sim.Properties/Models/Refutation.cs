using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Sim.Properties;

/// <summary>
/// Checks that a wrong law is refuted: the proof that the right one could fail. With a fixed seed, so that the shrunk
/// counterexample can be looked at.
/// </summary>
internal sealed class Refutation : IRunner
{
    private TestResult? _result;

    /// <summary>The shrunk counterexample to <paramref name="law"/>.</summary>
    /// <exception cref="InvalidOperationException">None was found.</exception>
    public static T Of<T>(Arbitrary<T> values, Func<T, bool> law, int tests = 2_000)
    {
        var runner = new Refutation();
        var config = Config.Quick
            .WithRunner(runner)
            .WithMaxTest(tests)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(7, 11), FSharpOption<int>.None)));
        Check.One(config, Prop.ForAll(values, law));
        return runner._result is TestResult.Failed failed
            ? (T)failed.Item3[0]
            : throw new InvalidOperationException($"The wrong law held for {tests} samples: whatever it checks, it would not notice the mistake.");
    }

    public void OnStartFixture(Type value)
    {
    }

    public void OnArguments(int value, FSharpList<object> _, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
    {
    }

    public void OnShrink(FSharpList<object> _, FSharpFunc<FSharpList<object>, string> everyShrink)
    {
    }

    public void OnFinished(string _, TestResult result) => _result = result;
}
