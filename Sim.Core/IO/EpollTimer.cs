namespace Sim.Core;

/// <summary>Which kernel facility ends the wait of an <see cref="EpollPoller"/> at a deadline. Both have nanosecond resolution.</summary>
public enum EpollTimer
{
    /// <summary><see cref="Pwait2"/> where the kernel and the C library have it, else <see cref="TimerFd"/>.</summary>
    Automatic,

    /// <summary>The timeout of <c>epoll_pwait2</c> (Linux 5.11, glibc 2.35): one system call per wait.</summary>
    Pwait2,

    /// <summary>A <c>timerfd</c> beside the watched handles: one more system call per wait, available everywhere.</summary>
    TimerFd,
}
