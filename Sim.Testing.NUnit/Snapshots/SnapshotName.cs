using System.Buffers;
using System.Text;

namespace Sim.Testing.NUnit;

/// <summary>The name of a test's snapshot files up to <c>.received</c> or <c>.verified</c>. Pure.</summary>
internal static class SnapshotName
{
    private static readonly SearchValues<char> _illegal = SearchValues.Create("\"\\<>|:*?/\0\n\r\t");

    /// <summary>Whether a text can stand in a file's name, on all systems alike.</summary>
    public static bool IsPart(string text) => !string.IsNullOrWhiteSpace(text) && !text.AsSpan().ContainsAny(_illegal);

    /// <summary>The prefixes of a test's files by what it asks for.</summary>
    /// <exception cref="InvalidOperationException">The settings name arguments that the test does not have.</exception>
    public static SnapshotPrefix Of(RunningTest test, Snapshots.VerifySettings settings)
    {
        var suffix = settings.Uniqueness.Suffix(test.Type.Assembly);
        if (settings.FileName is { } file)
        {
            return new(file + suffix.Received, file + suffix.Verified);
        }

        var start = $"{settings.TypeName ?? TypeName(test.Type)}.{settings.MethodName ?? test.Method.Name}";
        var (received, verified) = Arguments(test, settings);
        return new(start + received + suffix.Received, start + (settings.IgnoresParametersForVerified ? "" : verified) + suffix.Verified);
    }

    /// <summary>
    /// <c>{Type}.{Method}{_name=value…}</c>: the fixture class with at most one class around it and no namespace, the
    /// method, then the arguments in order, those of the fixture first.
    /// </summary>
    public static string Prefix(Type type, string method, IEnumerable<KeyValuePair<string, object?>> arguments) =>
        $"{TypeName(type)}.{method}{Text(arguments)}";

    private static string TypeName(Type type) => type.DeclaringType is { } outer ? $"{outer.Name}.{type.Name}" : type.Name;

    private static (string Received, string Verified) Arguments(RunningTest test, Snapshots.VerifySettings settings)
    {
        if (settings.ParametersText is { } text)
        {
            return ($"_{text}", $"_{text}");
        }

        var names = test.ParameterNames;
        var values = settings.Parameters ?? test.Arguments;
        if (names.Count > 0 && values.Count > names.Count)
        {
            throw new InvalidOperationException(
                $"UseParameters got {values.Count} values, but {test.Method.Name} has {names.Count} parameters. Pass at most that many.");
        }

        if (settings.IgnoredParameters?.FirstOrDefault(ignored => !names.Contains(ignored)) is { } unknown)
        {
            throw new InvalidOperationException(
                $"IgnoreParameters names {unknown}, but {test.Method.Name} has "
                + $"{(names.Count == 0 ? "no parameters" : string.Join(", ", names))}.");
        }

        var all = names.Zip(values, KeyValuePair.Create).ToList();
        var shown = settings.IgnoredParameters switch
        {
            null => all,
            [] => [],
            var ignored => all.Where(pair => !ignored.Contains(pair.Key)),
        };
        return (Text(all), Text(shown));
    }

    private static string Text(IEnumerable<KeyValuePair<string, object?>> arguments)
    {
        var text = new StringBuilder();
        foreach (var (parameter, value) in arguments)
        {
            text.Append('_').Append(parameter).Append('=').Append(SnapshotArgument.Format(value));
        }

        return text.ToString();
    }
}
