using NUnit.Framework;
using Samples;
using Samples.Web;

namespace Sim.Tests;

/// <summary>What the web lesson shows, on both times.</summary>
public class WebLessonTests
{
    [Test]
    public Task Lesson_Shows() => Verify(Play());

    // First on virtual time, which also has the code compiled before it runs against the clock; and again in the same process.
    [Test]
    public void Lesson_ShowsTheSame_OnRealAndOnVirtualTime()
    {
        var first = Play();
        Assert.That(Play("--real"), Is.EqualTo(first));
        Assert.That(Play(), Is.EqualTo(first));
    }

    private static string Play(params string[] options)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        Assert.That(LessonCommand.Run([new HttpLesson()], "Samples.Web", ["http", .. options], output, error), Is.Zero, error.ToString());
        return output.ToString();
    }
}
