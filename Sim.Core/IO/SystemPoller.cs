using Sim.Clock;

namespace Sim.Core;

/// <summary>Chooses the poller for this platform.</summary>
public static class SystemPoller
{
    /// <summary>
    /// The environment variable that overrides the choice: <c>epoll</c>, <c>kqueue</c>, <c>completions</c> or <c>select</c>.
    /// </summary>
    public const string Variable = "SIM_POLLER";

    /// <summary>
    /// An <see cref="EpollPoller"/> on 64-bit Linux, a <see cref="KqueuePoller"/> on macOS and FreeBSD, a
    /// <see cref="CompletionPoller"/> elsewhere, unless <see cref="Variable"/> names one.
    /// </summary>
    /// <param name="clock">A clock that runs in real time; its instants are the deadlines.</param>
    /// <exception cref="InvalidOperationException"><see cref="Variable"/> names no poller.</exception>
    /// <exception cref="PlatformNotSupportedException"><see cref="Variable"/> names one that this platform lacks.</exception>
    public static IPoller Create(IClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return Environment.GetEnvironmentVariable(Variable) switch
        {
            null or "" => EpollPoller.IsSupported ? new EpollPoller(clock)
                : KqueuePoller.IsSupported ? new KqueuePoller(clock)
                : new CompletionPoller(clock),
            "epoll" => new EpollPoller(clock),
            "kqueue" => new KqueuePoller(clock),
            "completions" => new CompletionPoller(clock),
            "select" => new SelectPoller(clock),
            var name => throw new InvalidOperationException(
                $"The environment variable {Variable} is \"{name}\", which is no poller. Set it to \"epoll\", \"kqueue\", "
                + "\"completions\" or \"select\", or remove it to have the poller chosen for this platform."),
        };
    }
}
