using System.Text;
using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>
/// Files: no poller can wait for them, so .NET's asynchronous calls use the pool, and an await brings them back; or the whole is
/// work for an executor.
/// </summary>
public sealed class FileTests
{
    private string _path = null!;

    [SetUp]
    public void ChooseAFile() => _path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "a file of FileTests.txt");

    [TearDown]
    public void Remove() => File.Delete(_path);

    /// <summary>A stream of .NET is awaited as it is: the rest of the method is back on the loop thread, in its task.</summary>
    [TestCase(FileOptions.None)]
    [TestCase(FileOptions.Asynchronous)]
    public void AFileStream_IsAwaitedOnTheLoop(FileOptions options) => Asyncio.Run(async () =>
    {
        var loop = Asyncio.GetRunningLoop();
        var turns = 0;
        var others = Asyncio.CreateTask(async () =>
        {
            for (; ; turns++)
            {
                await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1));
            }
        });
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0123456789", 20_000)));
        await using (var output = new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.None, 4096, options))
        {
            for (var i = 0; i < 20; i++)
            {
                await output.WriteAsync(bytes.AsMemory(i * 10_000, 10_000));
                Assert.That((loop.IsOnLoopThread, Asyncio.CurrentTask()?.Name), Is.EqualTo((true, "main")));
            }
        }

        Assert.That(await File.ReadAllBytesAsync(_path), Is.EqualTo(bytes));
        Assert.That((loop.IsOnLoopThread, Asyncio.CurrentTask()?.Name), Is.EqualTo((true, "main")));
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(10));
        Assert.That(turns, Is.Positive, "others had their turn");
        others.Cancel();
    });

    /// <summary>The whole as work for the executor: one way there and one back.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void AFile_IsWorkForTheExecutor(bool isVirtual) => Asyncio.Run(
        async () =>
        {
            await Asyncio.ToThreadAsync(() => File.WriteAllText(_path, "hello"));
            Assert.That(await Asyncio.ToThreadAsync(() => File.ReadAllText(_path)), Is.EqualTo("hello"));
            var missing = await Caught.ByAsync<FileNotFoundException>(
                async () => await Asyncio.ToThreadAsync(() => File.ReadAllText($"{_path}.not")));
            Assert.That(missing.Message, Does.Contain("a file of FileTests.txt.not"));
        },
        () => isVirtual ? Asyncio.NewVirtualEventLoop() : Asyncio.NewEventLoop());

    /// <summary>Invariant A11: in a simulation, .NET's asynchronous calls leave the loop, and that is reported.</summary>
    [Test]
    public void InASimulation_AnAsynchronousCallIsReported_AndWorkForTheExecutorIsNot()
    {
        File.WriteAllText(_path, "hello");
        var awaited = Simulation.Run(async () => Assert.That(await File.ReadAllTextAsync(_path), Is.EqualTo("hello")));
        Assert.That(awaited.Failure?.Message, Does.Contain("left the loop"));
        var handedOver = Simulation.Run(
            async () => Assert.That(await Asyncio.ToThreadAsync(() => File.ReadAllText(_path)), Is.EqualTo("hello")));
        Assert.That(handedOver.Failure, Is.Null);
    }
}
