using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What only sockets have: errors of the kernel, what a message costs, whose contexts they keep.</summary>
public sealed class SocketConnectionTests
{
    /// <summary>The kernel tells once that the other side does not answer, and of an end from then on.</summary>
    [Test]
    public void WhatBrokeAConnection_IsToldToEveryLaterCall() => Asyncio.Run(static async () =>
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var loop = Asyncio.GetRunningLoop();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // TCP_USER_TIMEOUT: after 100 ms in which the other side makes no room, the kernel gives the connection up.
        var timeout = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(timeout, 100);
        socket.SetRawSocketOption(6, 18, timeout);
        await socket.ConnectAsync(listener.LocalEndPoint!);
        using var silent = await listener.AcceptAsync();
        // Only so is there a connection over a socket with an option of its own.
        var type = typeof(SocketNetwork).Assembly.GetType("Sim.Core.SocketConnection", throwOnError: true)!;
        using var connection = (IConnection)Activator.CreateInstance(type, loop, socket, listener.LocalEndPoint!)!;
        var chunk = new byte[1024 * 1024];
        Assert.That(await ErrorAsync(async () =>
        {
            while (true)
            {
                await connection.SendAsync(chunk);
            }
        }), Is.EqualTo(SocketError.TimedOut));
        for (var i = 0; i < 2; i++)
        {
            Assert.That(await ErrorAsync(async () => await connection.ReceiveAsync(new byte[1])), Is.EqualTo(SocketError.TimedOut));
            Assert.That(await ErrorAsync(async () => await connection.SendAsync(new byte[1])), Is.EqualTo(SocketError.TimedOut));
        }
    });

    [Test]
    public void ARoundTrip_AllocatesNothing()
    {
        const int Count = 2_000;
        if (!EpollPoller.IsSupported)
        {
            return;
        }

        var bytes = Asyncio.Run(static async () =>
        {
            var (near, far) = await PairAsync();
            using var one = near;
            using var other = far;
            var echoing = Asyncio.CreateTask(async () =>
            {
                var buffer = new byte[4096];
                while (await far.ReceiveAsync(buffer) is > 0 and var count)
                {
                    await far.SendAsync(buffer.AsMemory(0, count));
                }
            });
            var message = new byte[64];
            var least = long.MaxValue;
            // The least of a few goes: a collection counts the rest of the thread's allocation block.
            for (var go = 0; go < 4; go++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < Count; i++)
                {
                    await near.SendAsync(message);
                    await near.ReceiveAsync(message);
                }

                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            near.ShutdownSend();
            await echoing;
            return least;
        }, static () => new EventLoop(SystemClock.Instance, new EpollPoller(SystemClock.Instance)));
        Assert.That(bytes, Is.Zero);
    }

    /// <summary>A connection may live for days: it must not hold what its first reader had in its execution context.</summary>
    [Test]
    public void AConnection_KeepsNothingOfItsFirstReader() => Asyncio.Run(static async () =>
    {
        var (near, far) = await PairAsync();
        using var one = near;
        using var other = far;
        var reader = await ReadOnceAsync(near, far);
        for (var i = 0; i < 10 && reader.IsAlive; i++)
        {
            await Asyncio.YieldAsync();
            GC.Collect();
        }

        Assert.That(reader.IsAlive, Is.False);
        GC.KeepAlive(far);
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> ReadOnceAsync(IConnection near, IConnection far)
    {
        var flowing = new AsyncLocal<object?>();
        var reading = Asyncio.CreateTask(async () =>
        {
            var mine = new object();
            flowing.Value = mine;
            await far.ReceiveAsync(new byte[2]);
            return new WeakReference(mine);
        });
        await Asyncio.YieldAsync();
        await near.SendAsync(new byte[1]);
        return await reading;
    }

    private static async Task<(IConnection Near, IConnection Far)> PairAsync()
    {
        var network = new SocketNetwork(Asyncio.GetRunningLoop());
        using var listener = await network.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var near = await network.ConnectAsync(listener.LocalEndPoint);
        return (near, await listener.AcceptAsync());
    }

    private static async Task<SocketError> ErrorAsync(Func<Task> call)
    {
        try
        {
            await call();
            return SocketError.Success;
        }
        catch (NetworkException error)
        {
            return error.Error;
        }
    }
}
