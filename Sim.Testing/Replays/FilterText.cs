using System.Text;

namespace Sim.Testing;

/// <summary>The <c>--filter</c> of <c>dotnet test</c> that finds a test, as a word for a shell.</summary>
public static class FilterText
{
    /// <summary>
    /// The filter: exact for a name that is all letters and the like. Brackets are operators to it, and what stands in quotes does not
    /// come through the shell and the build: there it goes by the beginning of the name, and may find other cases of the test, too.
    /// </summary>
    public static string Of(string fullName)
    {
        ArgumentNullException.ThrowIfNull(fullName);
        var text = new StringBuilder();
        var taken = 0;
        for (; taken < fullName.Length && IsPlain(fullName[taken]); taken++)
        {
            text.Append(fullName[taken] is '(' or ')' ? "\\" : "").Append(fullName[taken]);
        }

        // A bracket at the end, although it is no operator any more, is more than the filter can bear.
        if (taken < fullName.Length && taken > 0 && fullName[taken - 1] == '(')
        {
            text.Length -= 2;
            taken--;
        }

        var how = taken == fullName.Length ? "=" : "~";
        var isWord = fullName.Take(taken).All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '+' or '-');
        return isWord ? $"FullyQualifiedName{how}{text}" : $"\"FullyQualifiedName{how}{text}\"";
    }

    private static bool IsPlain(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '+' or '-' or '(' or ')' or '<' or '>' or ',';
}
