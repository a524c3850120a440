using NUnit.Framework;

namespace Sim.Tests;

/// <summary>A file that is changed, missing or too many fails the test, with the text that tools read.</summary>
[TestFixture]
[NonParallelizable]
public class FailureRules
{
    [Test]
    public async Task AChangedFile() => await Expect(
        [("verified.txt", "old")],
        new Target("txt", "new"),
        """
        NotEqual:
          - Received: T.M.received.txt
            Verified: T.M.verified.txt

        FileContent:

        NotEqual:

        Received: T.M.received.txt
        new
        Verified: T.M.verified.txt
        old


        """,
        ["T.M.received.txt", "T.M.verified.txt"]);

    [Test]
    public async Task AMissingFile() => await Expect(
        [],
        new Target("txt", "new"),
        """
        New:
          - Received: T.M.received.txt
            Verified: T.M.verified.txt

        FileContent:

        New:

        Received: T.M.received.txt
        new


        """,
        ["T.M.received.txt"]);

    [Test]
    public async Task AnEmptyFile_IsAMissingFile() => await Expect(
        [("verified.txt", "")],
        new Target("txt", "new"),
        """
        New:
          - Received: T.M.received.txt
            Verified: T.M.verified.txt

        FileContent:

        New:

        Received: T.M.received.txt
        new


        """,
        ["T.M.received.txt"]);

    [Test]
    public async Task ASurplusFile() => await Expect(
        [("verified.txt", "same"), ("#01.verified.txt", "left over")],
        new Target("txt", "same"),
        """
        Delete:
          - T.M#01.verified.txt
        Equal:
          - Received: T.M.received.txt
            Verified: T.M.verified.txt

        """,
        ["T.M#01.verified.txt", "T.M.verified.txt"]);

    [Test]
    public async Task ACarriageReturn_IsAnError_AndTheTextIsThere()
    {
        var (message, files) = await FailAsync([("verified.txt", "a\r\nb")], new Target("txt", "a\nb"));
        Assert.That(message, Does.Contain("T.M.verified.txt"));
        Assert.That(files, Is.EqualTo((string[])["T.M.received.txt", "T.M.verified.txt"]));
    }

    [Test]
    public async Task ATest_ThatHoldsAgain_LeavesNoReceivedFile()
    {
        using var box = new RuleBox();
        box.Write("T.M.received.txt", "of an earlier run");
        box.Write("T.M#01.received.txt", "of an earlier run");
        box.Write("T.M.verified.txt", "same");
        await Verify("same").UseDirectory(box.Path).UseTypeName("T").UseMethodName("M").DisableDiff();
        Assert.That(box.Files, Is.EqualTo((string[])["T.M.verified.txt"]));
    }

    [Test]
    public async Task ANameUsedTwice_IsRefused()
    {
        using var box = new RuleBox();
        box.Write("T.M.verified.txt", "same");
        await Verify("same").UseDirectory(box.Path).UseTypeName("T").UseMethodName("M");
        var refused = await RuleBox.CatchAsync(() => Verify("same").UseDirectory(box.Path).UseTypeName("T").UseMethodName("M"));
        Assert.That(refused.Message, Does.StartWith("The prefix has already been used: "));
    }

    private static async Task Expect((string Name, string Text)[] verified, Target target, string message, string[] files)
    {
        var (found, left) = await FailAsync(verified, target);
        Assert.That(found, Is.EqualTo($"Directory: (folder)\n{message}"));
        Assert.That(left, Is.EqualTo(files));
    }

    private static async Task<(string Message, string[] Files)> FailAsync((string Name, string Text)[] verified, Target target)
    {
        using var accepts = new EnvironmentOverride("SIM_ACCEPT_SNAPSHOTS", null);
        using var box = new RuleBox();
        foreach (var (name, text) in verified)
        {
            box.Write(name.StartsWith('#') ? $"T.M{name}" : $"T.M.{name}", text);
        }

        var failure = await RuleBox.CatchAsync(
            () => Verify(target).UseDirectory(box.Path).UseTypeName("T").UseMethodName("M").DisableDiff());
        return (failure.Message.Replace(box.Path, "(folder)", StringComparison.Ordinal), box.Files);
    }
}
