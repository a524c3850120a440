using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sim.Core;

// Who is watched, in order of registration, which is the order of the events too.
public sealed partial class SelectPoller
{
    private readonly List<Registration> _registrations = [];
    private readonly List<Socket> _readers = [];
    private readonly List<Socket> _writers = [];
    private readonly List<Socket> _broken = [];

    /// <inheritdoc/>
    public void Register(SafeHandle handle, PollInterest interest, object token)
    {
        PollRegistration.Check(handle, interest, token);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (handle is not SafeSocketHandle)
        {
            throw new NotSupportedException(
                $"{nameof(SelectPoller)} watches sockets only, not a {handle.GetType().Name}. On Linux {nameof(EpollPoller)} "
                + "watches pipes and terminals too; elsewhere read them on another thread and hand the data to the loop.");
        }

        var place = _registrations.FindIndex(registration => ReferenceEquals(registration.Handle, handle));
        if (interest == PollInterest.None)
        {
            if (place >= 0) _registrations.RemoveAt(place);
        }
        else if (place >= 0)
        {
            _registrations[place] = _registrations[place] with { Interest = interest, Token = token };
        }
        else
        {
            _registrations.Add(new Registration(handle, View(handle), interest, token));
        }
    }

    // A Socket of our own over the same descriptor, because Select takes nothing else. It does not own the descriptor
    // and holds no count on the handle, so the real owner may close it at any time.
    private static Socket View(SafeHandle handle)
    {
        try
        {
            return new Socket(new SafeSocketHandle(handle.DangerousGetHandle(), ownsHandle: false));
        }
        catch (SocketException refusal)
        {
            throw new ArgumentException(
                $"The {handle.GetType().Name} cannot be watched: {refusal.Message}.", nameof(handle), refusal);
        }
    }

    private bool Selected(long remaining, List<PollEvent> ready)
    {
        var sleep = Sleep(remaining);
        _readers.Clear();
        _writers.Clear();
        _broken.Clear();
        foreach (var (_, socket, interest, _) in _registrations)
        {
            if ((interest & PollInterest.Read) != 0) _readers.Add(socket);
            if ((interest & PollInterest.Write) != 0) _writers.Add(socket);
            // An error only, and nothing to read or room to write: a failed connect on Windows, a datagram that was refused.
            // For other sockets elsewhere this list would mean urgent data.
            if (OperatingSystem.IsWindows() || socket.SocketType == SocketType.Dgram) _broken.Add(socket);
        }

        if (_wakeup is not null) _readers.Add(_wakeup);
        Socket.Select(_readers, _writers, _broken, sleep);
        return Report(ready);
    }

    // Select leaves the ready ones in its lists, in the order in which they were put there: one walk finds them all.
    private bool Report(List<PollEvent> ready)
    {
        var (reader, writer, broken) = (0, 0, 0);
        var before = ready.Count;
        foreach (var (_, socket, interest, token) in _registrations)
        {
            var kinds = PollInterest.None;
            if (Next(_readers, ref reader, socket)) kinds |= PollInterest.Read;
            if (Next(_writers, ref writer, socket)) kinds |= PollInterest.Write;
            if (Next(_broken, ref broken, socket)) kinds = interest;
            if (kinds != PollInterest.None) ready.Add(new PollEvent(token, kinds));
        }

        return ready.Count != before;

        static bool Next(List<Socket> found, ref int place, Socket socket)
        {
            if (place >= found.Count || !ReferenceEquals(found[place], socket)) return false;
            place++;
            return true;
        }
    }

    private readonly record struct Registration(SafeHandle Handle, Socket Socket, PollInterest Interest, object Token);
}
