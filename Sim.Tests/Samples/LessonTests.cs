using NUnit.Framework;
using Samples;

namespace Sim.Tests;

/// <summary>What each lesson shows, on both times.</summary>
[Parallelizable(ParallelScope.All)]
public class LessonTests
{
    // First all on virtual time, which also has their code compiled before it runs against the clock.
    private static readonly Lazy<Dictionary<string, string>> _onVirtualTime = new(static () =>
        LessonCatalog.All.ToDictionary(static lesson => lesson.Name, static lesson => Play(lesson, LessonTime.Virtual)));

    // Then all on real time at once, each on a thread of its own, so that the fixture takes as long as the longest.
    private static readonly Lazy<Dictionary<string, Task<string>>> _onRealTime = new(static () =>
        _onVirtualTime.Value.Keys.ToDictionary(static name => name, static name => Task.Factory.StartNew(
            () => Play(LessonCatalog.Find(name)!, LessonTime.Real),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private static IEnumerable<string> Names => LessonCatalog.All.Select(static lesson => lesson.Name);

    [TestCaseSource(nameof(Names))]
    public async Task Lesson_ShowsTheSame_OnRealAndOnVirtualTime(string name) =>
        Assert.That(await _onRealTime.Value[name], Is.EqualTo(_onVirtualTime.Value[name]));

    [TestCaseSource(nameof(Names))]
    public Task Lesson_Shows(string name) => Verify(_onVirtualTime.Value[name]);

    [Test]
    public void Names_AreKebabCase_AndEachIsGivenOnce()
    {
        Assert.That(Names, Is.Unique);
        Assert.That(Names, Has.All.Matches("^[a-z]+(-[a-z]+)*$"));
    }

    private static string Play(ILesson lesson, LessonTime time)
    {
        using var output = new StringWriter { NewLine = "\n" };
        lesson.Run(new Stage(time, output, TextWriter.Null));
        return output.ToString();
    }
}
