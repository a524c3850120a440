using System.Net.Sockets;
using System.Runtime.InteropServices;
using Sim.Core;

namespace Sim.Tests;

/// <summary>
/// A stand-in for the kernel of macOS on Linux: a kqueue made of poll(2), by the rules of its manual. It tries what
/// <see cref="KqueuePoller"/> makes of the answers; of the calls themselves it proves nothing.
/// </summary>
internal sealed class PollKernelQueue : IKernelQueue
{
    private const short PollIn = 1; // POLLIN
    private const short PollOut = 4; // POLLOUT
    private const short PollBroken = 8 | 16; // POLLERR, POLLHUP

    private readonly Lock _gate = new();
    private readonly List<Note> _notes = [];
    private readonly List<Note> _answers = [];
    private readonly Socket _trigger = TestSockets.Bound();
    private uint? _userMark;
    private bool _isTriggered;

    public short UserFilter => -10;

    /// <summary>What changes answer instead of being made, by filter; 0 = they are made.</summary>
    public Func<short, ushort, int> Refusal { get; set; } = static (_, _) => 0;

    /// <summary>How many events the kernel has.</summary>
    public int Count => _notes.Count;

    public (nint Ident, short Filter, uint Mark) this[int place] => (_answers[place].Ident, _answers[place].Filter, _answers[place].Mark);

    public int Change(nint ident, short filter, ushort flags, uint notes, uint mark)
    {
        if (Refusal(filter, flags) is not 0 and var refusal) return refusal;
        return filter == UserFilter ? ChangeOwn(flags, notes, mark) : ChangeFile(ident, filter, flags, mark);
    }

    public int Wait(long ticks)
    {
        // Closing a descriptor deletes its events, also when another one has the number by now.
        _notes.RemoveAll(static note => FileOf(note.Ident) != note.File);
        var polled = new PollFile[_notes.Count + 1];
        polled[0] = new PollFile((int)_trigger.Handle, PollIn, 0);
        for (var i = 0; i < _notes.Count; i++)
        {
            polled[i + 1] = new PollFile((int)_notes[i].Ident, _notes[i].Filter == BsdNative.Read ? PollIn : PollOut, 0);
        }

        var timeout = new[] { new KernelTime(Math.Max(ticks, 0)) };
        if (Poll(polled, polled.Length, ticks < 0 ? null : timeout, 0) < 0) return 0;
        _answers.Clear();
        // In an order that nobody may count on.
        for (var i = _notes.Count - 1; i >= 0; i--)
        {
            if ((polled[i + 1].Found & (polled[i + 1].Events | PollBroken)) != 0) _answers.Add(_notes[i]);
        }

        lock (_gate)
        {
            if (_isTriggered) _answers.Insert(0, new Note(0, UserFilter, _userMark!.Value, null));
            _isTriggered = false;
            while (_trigger.Available > 0) _trigger.Receive(new byte[1]);
        }

        return _answers.Count;
    }

    public void Dispose() => _trigger.Dispose();

    private int ChangeOwn(ushort flags, uint notes, uint mark)
    {
        lock (_gate)
        {
            if ((flags & BsdNative.Add) == 0 && _userMark is null) return BsdNative.NoEntry;
            _userMark = mark;
            if ((notes & BsdNative.Trigger) == 0) return 0;
            _isTriggered = true;
            _trigger.SendTo([1], _trigger.LocalEndPoint!);
            return 0;
        }
    }

    private int ChangeFile(nint ident, short filter, ushort flags, uint mark)
    {
        if (FileOf(ident) is not { } file) return BsdNative.BadDescriptor;
        var removed = _notes.RemoveAll(note => note.Ident == ident && note.Filter == filter && note.File == file);
        if ((flags & BsdNative.Delete) != 0) return removed > 0 ? 0 : BsdNative.NoEntry;
        _notes.Add(new Note(ident, filter, mark, file));
        return 0;
    }

    private static string? FileOf(nint descriptor) => new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget;

    [DllImport("libc", EntryPoint = "ppoll")]
    private static extern int Poll([In, Out] PollFile[] files, nint count, KernelTime[]? timeout, nint signals);

    private readonly record struct Note(nint Ident, short Filter, uint Mark, string? File);

    // struct pollfd.
    private record struct PollFile(int Descriptor, short Events, short Found);
}
