using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// A process that was started by a loop, asyncio's <c>asyncio.subprocess.Process</c>. Loop thread only. Disposing it kills it, if it
/// still runs, and closes its pipes; it does not wait.
/// </summary>
public sealed class Subprocess : IDisposable
{
    private readonly EventLoop _loop;
    private readonly IChildProcess _child;
    private readonly LinkedListNode<Subprocess> _place;
    private readonly AsyncEvent _hasFinished;
    private readonly string _words;
    private readonly IOutputPipe[] _outputs;
    private bool _isFinishing;
    private ConnectionWriter? _stdin;
    private ConnectionReader? _stdout;
    private ConnectionReader? _stderr;

    internal Subprocess(EventLoop loop, string program, IChildProcess child)
    {
        (_loop, _child) = (loop, child);
        _words = $"process {Path.GetFileName(program)} ({child.Id})";
        _hasFinished = new AsyncEvent(new WaitWords($"the end of {_words}"));
        _outputs = [.. new[] { child.StandardOutput, child.StandardError }.OfType<IOutputPipe>()];
        foreach (var pipe in _outputs)
        {
            pipe.Disconnected = TryFinish;
        }

        _place = LoopProcesses.Of(loop).Add(this);
        child.OnExit(TakeExit);
    }

    /// <summary>Its number.</summary>
    public int Id => _child.Id;

    /// <summary>
    /// The code with which it has ended, as .NET counts: on Unix 128 and the number of the signal that has ended it. Null = it runs,
    /// as far as the loop knows.
    /// </summary>
    public int? ExitCode => _child.ExitCode;

    /// <summary>
    /// Where to write for it. <c>ShutdownSend</c> tells it the end. When it does not read any more, sending is a
    /// <see cref="NetworkException"/>. Null if that is no pipe.
    /// </summary>
    public IConnection? StandardInput => _child.StandardInput;

    /// <summary>What it writes; can be read also after its end. Null if that is no pipe.</summary>
    public IConnection? StandardOutput => _child.StandardOutput;

    /// <summary>What it writes about errors. Null if that is no pipe.</summary>
    public IConnection? StandardError => _child.StandardError;

    /// <summary>asyncio's writer on <see cref="StandardInput"/>, made when first asked for; then nobody else may send there.</summary>
    public ConnectionWriter? Stdin => _stdin ??= StandardInput is { } pipe ? new ConnectionWriter(_loop, pipe) : null;

    /// <summary>asyncio's reader of <see cref="StandardOutput"/>, made when first asked for; then nobody else may receive there.</summary>
    public ConnectionReader? Stdout => _stdout ??= StandardOutput is { } pipe ? new ConnectionReader(pipe) : null;

    /// <summary>asyncio's reader of <see cref="StandardError"/>, made when first asked for; then nobody else may receive there.</summary>
    public ConnectionReader? Stderr => _stderr ??= StandardError is { } pipe ? new ConnectionReader(pipe) : null;

    /// <summary>
    /// Waits until it has ended and nobody can write to its output any more, which may be a process that it has started (rule 36).
    /// Several may wait. What it writes meanwhile is kept for a reader, up to 128 KiB of each; a process that writes more waits for
    /// somebody to read it, so who wants much of it calls <see cref="CommunicateAsync"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait; the process goes on.</param>
    /// <returns>Its code.</returns>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    public async ValueTask<int> WaitAsync(CancellationToken cancellationToken = default)
    {
        _loop.CheckThread();
        foreach (var pipe in _outputs)
        {
            pipe.ReadAhead();
        }

        await _hasFinished.WaitAsync(cancellationToken);
        return ExitCode!.Value;
    }

    /// <summary>
    /// Writes <paramref name="input"/> for it and closes its input, reads all that it says, and waits for its end. A process that does not
    /// want to read all is no error.
    /// </summary>
    /// <param name="input">What to write; nothing if its input is no pipe.</param>
    /// <param name="cancellationToken">Ends this, and loses what was read; the process goes on.</param>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    public async ValueTask<SubprocessOutput> CommunicateAsync(
        ReadOnlyMemory<byte> input = default, CancellationToken cancellationToken = default)
    {
        _loop.CheckThread();
        var said = await Asyncio.GatherAsync<byte[]?>(
            async () =>
            {
                await FeedAsync(input, cancellationToken);
                return null;
            },
            () => ReadAllAsync(Stdout, cancellationToken),
            () => ReadAllAsync(Stderr, cancellationToken));
        return new SubprocessOutput(await WaitAsync(cancellationToken), said[1], said[2]);
    }

    /// <summary>Sends it a signal; on Windows only SIGTERM, which ends it.</summary>
    /// <returns>False: it has ended, and nothing was sent.</returns>
    /// <exception cref="PlatformNotSupportedException">This platform cannot send it.</exception>
    public bool SendSignal(PosixSignal signal)
    {
        _loop.CheckThread();
        return _child.SendSignal(signal);
    }

    /// <summary>Asks it to end (SIGTERM); on Windows ends it.</summary>
    /// <returns>False: it has ended.</returns>
    public bool Terminate() => SendSignal(PosixSignal.SIGTERM);

    /// <summary>Ends it at once (SIGKILL). <see cref="WaitAsync"/> tells when that has happened.</summary>
    /// <returns>False: it has ended.</returns>
    public bool Kill()
    {
        _loop.CheckThread();
        return _child.Kill();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _loop.CheckThread();
        LoopProcesses.Of(_loop).Remove(_place);
        _child.Dispose();
    }

    /// <summary>"process git (4711)".</summary>
    public override string ToString() => _words;

    private static async Task<byte[]?> ReadAllAsync(ConnectionReader? pipe, CancellationToken cancellationToken) =>
        pipe is null ? null : await pipe.ReadToEndAsync(cancellationToken);

    private async Task FeedAsync(ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        if (StandardInput is not { } pipe)
        {
            return;
        }

        try
        {
            if (_stdin is { } writer)
            {
                // What was written before goes first.
                await writer.FlushAsync();
            }

            if (!input.IsEmpty)
            {
                await pipe.SendAsync(input, cancellationToken);
            }
        }
        catch (NetworkException broken) when (broken.Error == SocketError.ConnectionReset)
        {
            // It does not want to know the rest.
        }

        _stdin?.Close();
        pipe.Dispose();
    }

    private void TakeExit()
    {
        LoopProcesses.Of(_loop).Remove(_place);
        TryFinish();
    }

    // As asyncio: the end is told one iteration after the last of its conditions has come true.
    private void TryFinish()
    {
        if (ExitCode is not null && !_isFinishing && Array.TrueForAll(_outputs, static pipe => pipe.IsDisconnected))
        {
            _isFinishing = true;
            _loop.CallSoon(_hasFinished.Set);
        }
    }
}
