using System.IO.Pipelines;
using NUnit.Framework;
using Sim.Core;

#pragma warning disable RS0030 // What a library would do that awaits a pipe without a context.
namespace Sim.Tests;

/// <summary>A pipe that is no connection's, between two tasks: with the scheduler both of its sides go on on the loop.</summary>
public sealed class LoopPipeSchedulerTests
{
    [Test]
    public void BothSidesOfAPipe_GoOnOnTheLoop_WithoutAContextToo() => Asyncio.Run(
        static async () =>
        {
            var loop = Asyncio.GetRunningLoop();
            var scheduler = new LoopPipeScheduler(loop);
            var pipe = new Pipe(new PipeOptions(null, scheduler, scheduler, pauseWriterThreshold: 2, resumeWriterThreshold: 1));
            var thread = Environment.CurrentManagedThreadId;
            var (read, threads) = (0L, new List<int>());
            var reading = Asyncio.CreateTask(ReadAsync);
            for (var i = 0; i < 5; i++)
            {
                // Waits for the reader: it is more than the pipe takes.
                await pipe.Writer.WriteAsync(new byte[3]).ConfigureAwait(false);
                threads.Add(Environment.CurrentManagedThreadId);
            }

            await pipe.Writer.CompleteAsync().ConfigureAwait(false);
            await reading;
            Assert.That(read, Is.EqualTo(15));
            Assert.That(threads, Has.Count.GreaterThan(10).And.All.EqualTo(thread));

            async Task ReadAsync()
            {
                ReadResult result;
                do
                {
                    result = await pipe.Reader.ReadAsync().ConfigureAwait(false);
                    threads.Add(Environment.CurrentManagedThreadId);
                    read += result.Buffer.Length;
                    pipe.Reader.AdvanceTo(result.Buffer.End);
                }
                while (!result.IsCompleted);
            }
        },
        static () => Asyncio.NewVirtualEventLoop());
}
