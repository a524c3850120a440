namespace Sim.Core;

/// <content>What one waits for at a queue, in the words of reports.</content>
public partial class AsyncQueue<T>
{
    private WaitReason ItemReason => field ??= new WaitReason(this, "an item of");

    private WaitReason RoomReason => field ??= new WaitReason(this, "room in");

    private sealed class WaitReason(AsyncQueue<T> queue, string what) : IWaitReason
    {
        public string DescribeReason() => $"{what} {queue._title}";
    }
}
