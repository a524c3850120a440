using System.Text;

namespace Sim.Testing.NUnit;

/// <summary>The name of a test's snapshot files up to <c>.received</c> or <c>.verified</c>. Pure.</summary>
internal static class SnapshotName
{
    /// <summary>
    /// <c>{Type}.{Method}{_name=value…}</c>: the fixture class with at most one class around it and no namespace, the
    /// method, then the arguments in order, those of the fixture first.
    /// </summary>
    public static string Prefix(Type type, string method, IEnumerable<KeyValuePair<string, object?>> arguments)
    {
        var name = new StringBuilder();
        if (type.DeclaringType is { } outer)
        {
            name.Append(outer.Name).Append('.');
        }

        name.Append(type.Name).Append('.').Append(method);
        foreach (var (parameter, value) in arguments)
        {
            name.Append('_').Append(parameter).Append('=').Append(SnapshotArgument.Format(value));
        }

        return name.ToString();
    }
}
