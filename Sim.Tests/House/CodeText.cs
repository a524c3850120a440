namespace Sim.Tests;

/// <summary>
/// C# with everything blanked that is not code: comments, the contents of strings and characters, directives. Offsets
/// and lines stay. What stands in the holes of an interpolated string is code and is kept.
/// </summary>
internal sealed class CodeText
{
    private readonly string _text;
    private readonly char[] _code;
    private int _at;

    private CodeText(string text)
    {
        _text = text;
        _code = [.. text.Select(c => c is '\n' or '\r' ? c : ' ')];
    }

    public static string Strip(string text)
    {
        var scan = new CodeText(text);
        scan.Code(holeEnd: 0);
        return new string(scan._code);
    }

    private char Next(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private int Run(char c, int from = 0)
    {
        var length = 0;
        while (Next(from + length) == c)
        {
            length++;
        }

        return length;
    }

    private void Keep() => _code[_at] = _text[_at++];

    // holeEnd: how many closing braces end the hole of an interpolated string; 0 outside of one.
    private void Code(int holeEnd)
    {
        var depth = 0;
        while (_at < _text.Length)
        {
            if (Next() == '/' && Next(1) == '/' || (Next() == '#' && AtLineStart()))
            {
                SkipTo("\n");
            }
            else if (Next() == '/' && Next(1) == '*')
            {
                SkipTo("*/");
            }
            else if (Next() == '\'')
            {
                Quoted('\'', escapes: true, holes: false);
            }
            else if (!TryString())
            {
                depth += Next() == '{' ? 1 : Next() == '}' ? -1 : 0;
                if (holeEnd > 0 && depth < 0)
                {
                    _at += holeEnd;
                    return;
                }

                Keep();
            }
        }
    }

    private bool AtLineStart()
    {
        var start = _text.LastIndexOf('\n', Math.Max(_at - 1, 0)) + 1;
        return start > _at || string.IsNullOrWhiteSpace(_text[start.._at]);
    }

    private void SkipTo(string end)
    {
        var found = _text.IndexOf(end, _at, StringComparison.Ordinal);
        _at = found < 0 ? _text.Length : found + end.Length;
    }

    private bool TryString()
    {
        var prefix = 0;
        while (Next(prefix) is '$' or '@')
        {
            prefix++;
        }

        if (Next(prefix) != '"')
        {
            return false;
        }

        var dollars = _text.AsSpan(_at, prefix).Count('$');
        var verbatim = _text.AsSpan(_at, prefix).Contains('@');
        _at += prefix;
        if (!verbatim && Run('"') >= 3)
        {
            Raw(Run('"'), dollars);
        }
        else
        {
            Quoted('"', escapes: !verbatim, holes: dollars > 0);
        }

        return true;
    }

    private void Quoted(char quote, bool escapes, bool holes)
    {
        Keep();
        while (_at < _text.Length)
        {
            if (escapes && Next() == '\\' || (Next() == quote && !escapes && Next(1) == quote) || (holes && Next() == '{' && Next(1) == '{'))
            {
                _at += 2;
            }
            else if (holes && Next() == '{')
            {
                _at++;
                Code(holeEnd: 1);
            }
            else if (Next() == quote)
            {
                Keep();
                return;
            }
            else
            {
                _at++;
            }
        }
    }

    private void Raw(int quotes, int dollars)
    {
        Keep();
        _at += quotes - 1;
        while (_at < _text.Length)
        {
            if (Run('"') >= quotes)
            {
                // A longer run of quotes belongs to the text up to its last few.
                _at += Run('"') - 1;
                Keep();
                return;
            }

            if (dollars > 0 && Run('{') >= dollars)
            {
                _at += Run('{');
                Code(dollars);
            }
            else
            {
                _at += Math.Max(1, Run('"'));
            }
        }
    }
}
