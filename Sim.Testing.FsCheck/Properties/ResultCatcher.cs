using FsCheck;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Sim.Testing.FsCheck;

/// <summary>Keeps what FsCheck finds, and prints nothing.</summary>
internal sealed class ResultCatcher : IRunner
{
    /// <summary>What was found.</summary>
    public TestResult? Result { get; private set; }

    /// <summary>Checks a property.</summary>
    public static TestResult Check(Config config, Property property)
    {
        var catcher = new ResultCatcher();
        global::FsCheck.Check.One(config.WithRunner(catcher), property);
        return catcher.Result!;
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

    public void OnFinished(string _, TestResult result) => Result = result;
}
