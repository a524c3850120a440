using NUnit.Framework;
using Samples;

namespace Sim.Tests;

/// <summary>The command line of the samples.</summary>
public class LessonCommandTests
{
    [Test]
    public void WithoutArguments_EveryLessonIsListedWithItsSummary()
    {
        var (code, output, error) = Run();
        Assert.That(code, Is.Zero);
        Assert.That(error, Is.Empty);
        foreach (var lesson in LessonCatalog.All)
        {
            Assert.That(output, Does.Match($"(?m)^  {lesson.Name} +{System.Text.RegularExpressions.Regex.Escape(lesson.Summary)}$"));
        }
    }

    [Test]
    public void Name_PlaysThatLessonAlone()
    {
        var (code, output, error) = Run("run");
        Assert.That((code, output, error), Is.EqualTo((0, "hello\nworld\n", "")));
    }

    [Test]
    public void All_PlaysEveryLessonUnderItsTitle()
    {
        var (code, output, _) = Run("all");
        var titles = output.Split('\n').Where(static line => line.StartsWith("== ", StringComparison.Ordinal));
        Assert.That(code, Is.Zero);
        Assert.That(titles, Is.EqualTo(LessonCatalog.All.Select(static lesson => $"== {lesson.Name}: {lesson.Summary}")));
    }

    [Test]
    public void Verbose_TellsOnStandardErrorWhatMayDiffer()
    {
        var (code, output, error) = Run("platform-loop", "--verbose");
        Assert.That(code, Is.Zero);
        Assert.That(error, Is.EqualTo("platform-loop on virtual time\na loop on VirtualPoller\n"));
        Assert.That(output, Is.EqualTo(Run("platform-loop").Output));
    }

    [TestCase("gathr", "lesson 'gathr'", "'gather'")]
    [TestCase("custom_loop", "lesson 'custom_loop'", "'custom-loop'")]
    [TestCase("--rael", "option '--rael'", "'--real'")]
    public void SlipOfThePen_IsOneLineThatNamesTheNearest(string slip, string what, string nearest)
    {
        var (code, output, error) = Run(slip);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(output, Is.Empty);
        Assert.That(error.TrimEnd('\n'), Does.StartWith($"There is no {what}. Did you mean {nearest}?").And.Not.Contains("\n"));
        Assert.That(error, Does.Contain("'dotnet run --project Samples'"));
    }

    [Test]
    public void SlipAmongGoodNames_PlaysNothing()
    {
        var (code, output, _) = Run("run", "gathr");
        Assert.That((code, output), Is.EqualTo((2, "")));
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = LessonCommand.Run(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
