using NUnit.Framework;
using Samples;

namespace Sim.Tests;

/// <summary>What docs/servers.md says that its lessons print.</summary>
public sealed class ServersPageTests
{
    [TestCase("stop")]
    [TestCase("retry")]
    public void ThePage_ShowsWhatTheLessonPrints(string name)
    {
        using var output = new StringWriter { NewLine = "\n" };
        LessonCatalog.Find(name)!.Run(new Stage(LessonTime.Virtual, output, TextWriter.Null));
        var page = SourceTree.Repository.Files.Single(static file => file.Path == "docs/servers.md").Text;
        Assert.That(page, Does.Contain($"```text\n{output}```"));
    }
}
