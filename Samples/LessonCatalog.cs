namespace Samples;

/// <summary>All lessons, in the order in which one would read them.</summary>
public static class LessonCatalog
{
    /// <summary>The six programs of the lesson, then its exercises, then some steps further.</summary>
    public static IReadOnlyList<ILesson> All { get; } =
    [
        new RunLesson(),
        new RunUntilCompleteLesson(),
        new RunningLoopLesson(),
        new GatherLesson(),
        new CallbacksLesson(),
        new CustomLoopLesson(),
        new ManyTasksLesson(),
        new TasksAndGatherLesson(),
        new TimedCallbacksLesson(),
        new ContextsLesson(),
        new PlatformLoopLesson(),
        new CustomClockLesson(),
        new TaskGroupLesson(),
        new TimeoutsLesson(),
        new QueueLesson(),
        new EchoLesson(),
        new RetryLesson(),
        new StopLesson(),
        new SignalsLesson(),
        new SubprocessLesson(),
    ];

    /// <summary>The lesson of that name, or null.</summary>
    public static ILesson? Find(string name) => All.FirstOrDefault(lesson => lesson.Name == name);
}
