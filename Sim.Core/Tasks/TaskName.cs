using System.Globalization;

namespace Sim.Core;

/// <summary>The name of a task before anybody has asked for it: its text is made then, its number when the task is.</summary>
/// <param name="Stem">What it is named after.</param>
/// <param name="Number">Which of that name; 0 = the only one, or the first.</param>
internal readonly record struct TaskName(string Stem, int Number)
{
    public override string ToString() => Number == 0 ? Stem : string.Create(CultureInfo.InvariantCulture, $"{Stem}-{Number}");
}
