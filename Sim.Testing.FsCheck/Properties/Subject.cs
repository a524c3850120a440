using FsCheck;

namespace Sim.Testing.FsCheck;

/// <summary>What a property is about: where its data come from, and what is run with them.</summary>
/// <param name="Name">The name in reports and replay lines; no dash and no end that looks like a sample's key.</param>
/// <param name="Data">Draws data.</param>
/// <param name="Shrink">Smaller data; always the same for the same data.</param>
/// <param name="Body">What is run with data, inside a simulation.</param>
/// <param name="Describe">The data as lines of text.</param>
internal sealed record Subject(
    string Name, Gen<object> Data, Func<object, IEnumerable<object>> Shrink, Func<object, Task> Body, Func<object, string> Describe)
{
    /// <summary>The <c>--filter</c> by which the test runner finds it.</summary>
    public string TestFilter { get; init; } = FilterText.Of(Name);
}
