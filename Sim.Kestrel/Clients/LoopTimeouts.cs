using System.Reflection;
using System.Runtime.InteropServices;
using Sim.Core;

namespace Sim.Kestrel;

/// <summary>
/// Makes the delays of cancellation sources go by a loop's time. <see cref="HttpClient"/> makes its own source for each request, with a
/// real timer for <see cref="HttpClient.Timeout"/>, and has no place to give it another: the timer of the source is exchanged.
/// </summary>
internal static class LoopTimeouts
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly FieldInfo _source = Field(typeof(CancellationToken), "_source");
    private static readonly FieldInfo _timer = Field(typeof(CancellationTokenSource), "_timer");

    /// <summary>Exchanges the timers of a token's source, and of those that it is linked to. Loop thread only.</summary>
    public static void Adopt(EventLoop loop, CancellationToken token)
    {
        if (token.CanBeCanceled && !token.IsCancellationRequested && _source.GetValue(token) is CancellationTokenSource source)
        {
            Adopt(loop, source);
        }
    }

    private static void Adopt(EventLoop loop, CancellationTokenSource source)
    {
        var type = source.GetType();
        if (type.Assembly != typeof(CancellationTokenSource).Assembly)
        {
            return;
        }

        if (_timer.GetValue(source) is not { } timer)
        {
            // A delay may be set later.
            _timer.SetValue(source, NewTimer(source, loop, Timeout.InfiniteTimeSpan));
        }
        else if (timer.GetType().FullName == "System.Threading.TimerQueueTimer")
        {
            var due = (uint)Field(timer.GetType(), "_dueTime").GetValue(timer)!;
            var delay = due == uint.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(due);
            _timer.SetValue(source, NewTimer(source, loop, delay));
            ((ITimer)timer).Dispose();
        }

        foreach (var field in type.GetFields(Any).Where(static field => field.DeclaringType != typeof(CancellationTokenSource)))
        {
            var links = field.GetValue(source) switch
            {
                CancellationTokenRegistration one => [one],
                CancellationTokenRegistration[] many => many,
                _ => (CancellationTokenRegistration[])[],
            };
            foreach (var link in links)
            {
                Adopt(loop, link.Token);
            }
        }
    }

    private static ITimer NewTimer(CancellationTokenSource source, EventLoop loop, TimeSpan delay) => loop.TimeProvider.CreateTimer(
        static state =>
        {
            try
            {
                ((CancellationTokenSource)state!).Cancel();
            }
            catch (ObjectDisposedException)
            {
                // Over in the same moment.
            }
        },
        source, delay, Timeout.InfiniteTimeSpan);

    private static FieldInfo Field(Type type, string name) => type.GetField(name, Any) ?? throw new PlatformNotSupportedException(
        $"{type.Name} of {RuntimeInformation.FrameworkDescription} has no {name}: this version of Sim.Kestrel "
        + "cannot put its delay on virtual time there. Run on .NET 10, or look for a newer version.");
}
