namespace Sim.Core;

/// <summary>What is waited for at a connection or a listener, in words; made once and kept.</summary>
internal sealed class WaitWords(string words) : IWaitReason
{
    public string DescribeReason() => words;

    public override string ToString() => words;
}
