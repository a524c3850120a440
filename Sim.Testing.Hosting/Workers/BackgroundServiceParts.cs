using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;

namespace Sim.Testing.Hosting;

/// <summary>
/// The parts of <see cref="BackgroundService"/> that its <c>StartAsync</c> uses. That method hands the work to the thread
/// pool, so a simulation does the same with the same parts, on its loop; <c>StopAsync</c>, <c>ExecuteTask</c> and <c>Dispose</c>
/// of the base class then work as they are.
/// </summary>
internal static class BackgroundServiceParts
{
    private static readonly FieldInfo? _executeTask = Field("_executeTask", typeof(Task));
    private static readonly FieldInfo? _stoppingSource = Field("_stoppingCts", typeof(CancellationTokenSource));

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "ExecuteAsync")]
    public static extern Task ExecuteAsync(BackgroundService service, CancellationToken stoppingToken);

    /// <exception cref="NotSupportedException">This version of the package has other parts.</exception>
    public static void Set(BackgroundService service, Task execution, CancellationTokenSource stopping)
    {
        if (_executeTask is null || _stoppingSource is null)
        {
            throw new NotSupportedException(
                $"The {nameof(BackgroundService)} of {typeof(BackgroundService).Assembly.GetName()} is built otherwise "
                + "than the one that a simulation can start: derive the service from LoopBackgroundService of Sim.Hosting instead.");
        }

        _executeTask.SetValue(service, execution);
        _stoppingSource.SetValue(service, stopping);
    }

    private static FieldInfo? Field(string name, Type type) =>
        typeof(BackgroundService).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic) is { } field && field.FieldType == type
            ? field
            : null;
}
