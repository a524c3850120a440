using Microsoft.Extensions.Logging;
using Sim.Core;

namespace Sim.Hosting;

/// <summary>What a hosted loop says in the log. Any thread.</summary>
internal static partial class LoopLog
{
    public static void Error(ILogger logger, LoopError error) =>
        Error(logger, error.Exception, error.Message, error.Task, error.Time.ToString());

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Problem} in {Task} at {LoopTime} of the loop's time")]
    private static partial void Error(ILogger logger, Exception exception, string problem, string task, string loopTime);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Line}")]
    public static partial void Warning(ILogger logger, string line);

    [LoggerMessage(
        EventId = 3, Level = LogLevel.Critical,
        Message = "The event loop {Loop} has failed: nothing runs on it any more, and the host is asked to stop")]
    public static partial void Failed(ILogger logger, Exception exception, string loop);

    [LoggerMessage(
        EventId = 4, Level = LogLevel.Critical,
        Message = "The event loop {Loop} was stopped by code that runs on it, and the host is asked to stop: leave Stop to the host")]
    public static partial void Stopped(ILogger logger, string loop);

    [LoggerMessage(EventId = 5, Level = LogLevel.Debug, Message = "The event loop {Loop} runs, on a thread of the same name")]
    public static partial void Running(ILogger logger, string loop);
}
