using NUnit.Framework;
using Samples;

namespace Sim.Tests;

/// <summary>What each lesson shows, on both times.</summary>
[Parallelizable(ParallelScope.All)]
public class LessonTests
{
    // All lessons play on real time at once, each on a thread of its own, so that the fixture takes as long as the longest.
    private static readonly Lazy<Dictionary<string, Task<string>>> _onRealTime = new(() => LessonCatalog.All.ToDictionary(
        static lesson => lesson.Name,
        static lesson => Task.Factory.StartNew(
            () => Play(lesson.Name, LessonTime.Real), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private static IEnumerable<string> Names => LessonCatalog.All.Select(static lesson => lesson.Name);

    [TestCaseSource(nameof(Names))]
    public async Task Lesson_ShowsTheSame_OnRealAndOnVirtualTime(string name) =>
        Assert.That(await _onRealTime.Value[name], Is.EqualTo(Play(name, LessonTime.Virtual)));

    [TestCaseSource(nameof(Names))]
    public Task Lesson_Shows(string name) => Verify(Play(name, LessonTime.Virtual));

    [Test]
    public void Names_AreKebabCase_AndEachIsGivenOnce()
    {
        Assert.That(Names, Is.Unique);
        Assert.That(Names, Has.All.Matches("^[a-z]+(-[a-z]+)*$"));
    }

    private static string Play(string name, LessonTime time)
    {
        using var output = new StringWriter { NewLine = "\n" };
        LessonCatalog.Find(name)!.Run(new Stage(time, output, TextWriter.Null));
        return output.ToString();
    }
}
