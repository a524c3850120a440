using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Sim.Cli;

/// <summary>
/// Standard output where another program reads it. The platform's console writes on when that program has gone, and says nothing; this
/// one throws, so that a search ends with its reader.
/// </summary>
internal sealed class ResultPipe : StreamWriter
{
    private const int StandardOutput = 1;

    private ResultPipe(Stream pipe, Encoding encoding)
        : base(pipe, encoding) => AutoFlush = true;

    /// <summary>Standard output if it is a pipe; else the console's.</summary>
    public static TextWriter OrConsole()
    {
        if (!Console.IsOutputRedirected || OperatingSystem.IsWindows())
        {
            return Console.Out;
        }

        // A file is left to the console: who else writes to it must not be overwritten.
        var stream = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.Out : new ResultPipe(stream, new UTF8Encoding(false));
    }

    public override void Write(char value) => Guard(() => base.Write(value));

    public override void Write(char[] buffer, int index, int count) => Guard(() => base.Write(buffer, index, count));

    public override void Write(string? value) => Guard(() => base.Write(value));

    public override void WriteLine(string? value) => Guard(() => base.WriteLine(value));

    private static void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (IOException gone)
        {
            throw new ClosedPipeException(gone);
        }
    }
}
