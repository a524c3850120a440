using System.Text.RegularExpressions;

namespace Sim.Tests;

/// <summary>A top-level type that a file declares.</summary>
internal sealed partial record TypeDeclaration(string Name, int Line, bool IsFileLocal)
{
    /// <summary>The top-level types of a file, in order; what stands inside a type is its own business.</summary>
    public static IReadOnlyList<TypeDeclaration> In(SourceFile file)
    {
        List<TypeDeclaration> found = [];
        var depth = 0;
        var namespaceAhead = false;
        var namespaces = 0;
        foreach (Match token in Tokens().Matches(file.Code))
        {
            switch (token.Value[0])
            {
                case '{' when namespaceAhead:
                    namespaceAhead = false;
                    namespaces++;
                    break;
                case '{':
                    depth++;
                    break;
                case '}' when depth == 0:
                    namespaces--;
                    break;
                case '}':
                    depth--;
                    break;
                case ';':
                    namespaceAhead = false;
                    break;
                case 'n' when token.Value == "namespace":
                    namespaceAhead = true;
                    break;
                default:
                    if (depth == 0)
                    {
                        found.Add(new(token.Groups["name"].Value, file.LineAt(token.Groups["name"].Index), token.Groups["file"].Success));
                    }

                    break;
            }
        }

        return found;
    }

    [GeneratedRegex("""
        [{};] | \bnamespace\b
        | (?<file>\bfile\s+(?:\w+\s+)*?)? \b(?: (?:class|struct|interface|enum|record(?:\s+(?:class|struct))?) \s+ (?!where\b|class\b|struct\b)(?<name>\w+)
            | delegate \s+ [\w<>,.?\[\]\s]+? \s (?<name>\w+) \s* (?:<[^>]*>\s*)? \( )
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Tokens();
}
