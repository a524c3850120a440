using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Sim.Core;

/// <summary>
/// The lines of awaits, out of the portable symbols of an assembly, embedded or beside it: the compiler lists the places where
/// an async method is suspended in the order of its states. Any thread; each place is read once.
/// </summary>
internal static class AwaitSymbols
{
    // "Async method stepping information" of the portable PDB format, version 1.0.
    private static readonly Guid _stepping = new("54FD2AC5-E925-401A-9C2A-F94F171072F8");

    // Looked up, never iterated.
    private static readonly ConcurrentDictionary<Assembly, MetadataReaderProvider?> _symbols = new();
    private static readonly ConcurrentDictionary<(Type, int), string?> _places = new();

    /// <summary>As in <c>Account.cs:37</c>; null where no symbols tell.</summary>
    /// <param name="stateMachine">The type that the compiler made of the method.</param>
    /// <param name="state">The number of the await at which it is suspended.</param>
    public static string? Find(Type stateMachine, int state) => _places.GetOrAdd((stateMachine, state), static key =>
    {
        try
        {
            return Read(key.Item1, key.Item2);
        }
        catch (Exception unreadable) when (unreadable is BadImageFormatException or IOException or InvalidOperationException)
        {
            // Symbols are a courtesy: a report without a line is better than none.
            return null;
        }
    });

    /// <summary>The line of an instruction, as in <c>Account.cs:37</c>; null where no symbols tell. Read each time.</summary>
    public static string? Find(MethodBase method, int offset)
    {
        try
        {
            return Read(method, (_, _) => offset);
        }
        catch (Exception unreadable) when (unreadable is BadImageFormatException or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Read(Type stateMachine, int state) =>
        stateMachine.GetMethod("MoveNext", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public) is { } method
            ? Read(method, (symbols, handle) => OffsetOf(symbols, handle, state))
            : null;

    private static string? Read(MethodBase method, Func<MetadataReader, MethodDefinitionHandle, int?> offsetOf)
    {
        if (_symbols.GetOrAdd(method.Module.Assembly, Open) is not { } provider)
        {
            return null;
        }

        var symbols = provider.GetMetadataReader();
        var handle = MetadataTokens.MethodDefinitionHandle(method.MetadataToken & 0xFFFFFF);
        if (offsetOf(symbols, handle) is not { } offset)
        {
            return null;
        }

        // A statement's code begins at its sequence point; hidden ones are the compiler's own.
        SequencePoint? last = null;
        foreach (var point in symbols.GetMethodDebugInformation(handle).GetSequencePoints())
        {
            if (point.Offset > offset)
            {
                break;
            }

            last = point.IsHidden ? last : point;
        }

        return last is { } found
            ? $"{Path.GetFileName(symbols.GetString(symbols.GetDocument(found.Document).Name).Replace('\\', '/'))}:{found.StartLine}"
            : null;
    }

    private static int? OffsetOf(MetadataReader symbols, MethodDefinitionHandle method, int state)
    {
        foreach (var handle in symbols.GetCustomDebugInformation(method))
        {
            var information = symbols.GetCustomDebugInformation(handle);
            if (symbols.GetGuid(information.Kind) != _stepping)
            {
                continue;
            }

            // The place of a catch handler, then for each await: where it suspends, where it resumes, in which method.
            var blob = symbols.GetBlobReader(information.Value);
            blob.ReadUInt32();
            for (var i = 0; blob.RemainingBytes > 0; i++)
            {
                var suspends = blob.ReadUInt32();
                blob.ReadUInt32();
                blob.ReadCompressedInteger();
                if (i == state)
                {
                    return (int)suspends;
                }
            }
        }

        return null;
    }

    private static MetadataReaderProvider? Open(Assembly assembly)
    {
        if (assembly.IsDynamic || assembly.Location.Length == 0)
        {
            return null;
        }

        using var image = new PEReader(File.OpenRead(assembly.Location));
        return image.TryOpenAssociatedPortablePdb(
            assembly.Location, static path => File.Exists(path) ? File.OpenRead(path) : null, out var provider, out _) ? provider : null;
    }
}
