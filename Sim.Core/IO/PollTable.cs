using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// Who is watched, by descriptor number. A kernel files what it watches under the number, and the number is given out again
/// as soon as it is closed. So each registration has a generation, which comes back with every answer. Loop thread only.
/// </summary>
internal sealed class PollTable
{
    /// <summary>The generation of answers that are the poller's own; registrations count from 1.</summary>
    public const uint Own = 0;

    private Registration[] _registrations = new Registration[64];
    private uint _generation = Own;

    /// <summary>How many are watched, those included whose handle was closed and who have not been given up.</summary>
    public int Count { get; private set; }

    /// <summary>What was registered last under the number of a handle: for it, for another, or nothing.</summary>
    public Registration At(SafeHandle handle)
    {
        var descriptor = handle.DangerousGetHandle();
        return descriptor >= 0 && descriptor < _registrations.Length ? _registrations[descriptor] : default;
    }

    /// <summary>What a handle is to be registered as, to be <see cref="Put"/> when the kernel has agreed.</summary>
    /// <exception cref="ArgumentException">Its number is none that a descriptor has.</exception>
    public Registration Wanted(SafeHandle handle, PollInterest interest, object token)
    {
        if (handle.DangerousGetHandle() is < 0 or > int.MaxValue) throw PollRegistration.Closed(handle);
        var old = At(handle);
        return new(handle, interest, token, ReferenceEquals(old.Handle, handle) ? old.Generation : NextGeneration());
    }

    /// <summary>Keeps a registration, in place of what was there.</summary>
    // After the kernel's consent: an absurd number must not become an absurd array.
    public void Put(in Registration registration)
    {
        var descriptor = (int)registration.Handle!.DangerousGetHandle();
        if (descriptor >= _registrations.Length)
            Array.Resize(ref _registrations, Math.Max(descriptor + 1, _registrations.Length * 2));
        if (_registrations[descriptor].Handle is null) Count++;
        _registrations[descriptor] = registration;
    }

    /// <summary>Takes out what is registered for a handle; nothing, if its number is registered for another by now.</summary>
    public bool TryTake(SafeHandle handle, out Registration taken)
    {
        taken = At(handle);
        if (!ReferenceEquals(taken.Handle, handle)) return false;
        _registrations[handle.DangerousGetHandle()] = default;
        Count--;
        return true;
    }

    /// <summary>Whom an answer is for; null if that one was replaced, given up or closed since.</summary>
    public Registration? Find(nint descriptor, uint generation)
    {
        if (descriptor < 0 || descriptor >= _registrations.Length) return null;
        ref var slot = ref _registrations[descriptor];
        return slot.Generation == generation && slot.Handle is { IsClosed: false } ? slot : null;
    }

    /// <summary>Asks of each, by number, whether it stays.</summary>
    public void Keep(Func<Registration, bool> stays)
    {
        foreach (ref var slot in _registrations.AsSpan())
        {
            if (slot.Handle is null || stays(slot)) continue;
            slot = default;
            Count--;
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _registrations = [];
        Count = 0;
    }

    // Skips the poller's own generation after four thousand million registrations.
    private uint NextGeneration() => ++_generation == Own ? ++_generation : _generation;

    /// <summary>One of them.</summary>
    /// <param name="Handle">Which handle; null = nobody.</param>
    /// <param name="Interest">What to report.</param>
    /// <param name="Token">Whose it is.</param>
    /// <param name="Generation">Which registration of its number.</param>
    internal readonly record struct Registration(SafeHandle? Handle, PollInterest Interest, object Token, uint Generation);
}
