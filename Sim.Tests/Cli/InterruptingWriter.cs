namespace Sim.Tests;

/// <summary>Interrupts when a certain line is written, so that the moment does not depend on the machine.</summary>
internal sealed class InterruptingWriter : StringWriter
{
    private readonly CancellationTokenSource _interrupted;
    private readonly string _line;

    public InterruptingWriter(CancellationTokenSource interrupted, string line)
    {
        (_interrupted, _line) = (interrupted, line);
        NewLine = "\n";
    }

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value == _line)
        {
            _interrupted.Cancel();
        }
    }
}
