using System.Net;

namespace Sim.Core;

/// <summary>What a receive has taken from a datagram socket.</summary>
/// <param name="Count">How many bytes are in the buffer; 0 is an empty datagram, not an end.</param>
/// <param name="RemoteEndPoint">Who sent it.</param>
/// <param name="IsTruncated">Whether it was longer than the buffer: the rest is lost.</param>
public readonly record struct ReceivedDatagram(int Count, EndPoint RemoteEndPoint, bool IsTruncated);
