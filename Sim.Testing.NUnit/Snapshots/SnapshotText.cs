using System.Text;

namespace Sim.Testing.NUnit;

/// <summary>
/// The bytes of a snapshot file: UTF-8 with byte order mark, lines ended by \n alone, nothing trimmed, no newline added.
/// </summary>
internal static class SnapshotText
{
    private const char ByteOrderMark = '\uFEFF';

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <summary>The text that is written and compared: words for "nothing", no byte order mark, \n for every line end.</summary>
    public static string Normalize(string? value)
    {
        if (value is null)
        {
            return "null";
        }

        var text = value.StartsWith(ByteOrderMark) ? value[1..] : value;
        return text.Length == 0 ? "emptyString" : text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
    }

    /// <summary>Writes a normalized text. The text is encoded before the file is opened: nothing is left half-written.</summary>
    /// <exception cref="SnapshotException">The text has half a surrogate pair, which UTF-8 cannot hold.</exception>
    public static void Write(string path, string text)
    {
        byte[] bytes;
        try
        {
            bytes = _utf8.GetBytes(text);
        }
        catch (EncoderFallbackException half)
        {
            throw new SnapshotException(
                $"The text for {Path.GetFileName(path)} cannot be written as UTF-8: at index {half.Index} there is half a surrogate pair. "
                + "Likely a string was cut in the middle of a character; cut it elsewhere, or write such a character as \\uXXXX.");
        }

        File.WriteAllBytes(path, [.. _utf8.Preamble, .. bytes]);
    }

    /// <summary>The text of a verified file without its byte order mark, as it stands; null when there is no such file.</summary>
    public static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path, _utf8) : null;
}
