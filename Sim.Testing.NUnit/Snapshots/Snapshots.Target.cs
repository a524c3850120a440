using System.Text;
using EmptyFiles;

namespace Sim.Testing.NUnit;

public static partial class Snapshots
{
    /// <summary>One of the texts of a verification with several. Immutable.</summary>
    public readonly struct Target
    {
        /// <param name="extension">Of the file: a kind of text, without dot.</param>
        /// <param name="data">The text.</param>
        /// <param name="name">Stands in the file's name after <c>#</c>; targets without one, or with the same, are numbered.</param>
        /// <exception cref="ArgumentException">The extension is no kind of text, or the name cannot stand in a file's name.</exception>
        public Target(string extension, string data, string? name = null)
        {
            ArgumentNullException.ThrowIfNull(data);
            CheckExtension(extension);
            if (name is not null && !SnapshotName.IsPart(name))
            {
                throw new ArgumentException(
                    $"A target's name is a part of a file name, without any of \" \\ < > | : * ? /; got '{name}'.", nameof(name));
            }

            (Extension, Data, Name) = (extension, data, name);
        }

        /// <inheritdoc cref="Target(string, string, string?)"/>
        public Target(string extension, StringBuilder data, string? name = null)
            : this(extension, data?.ToString()!, name)
        {
        }

        /// <summary>Of the file, without dot.</summary>
        public string Extension { get; }

        /// <summary>What follows <c>#</c> in the file's name, or null.</summary>
        public string? Name { get; }

        internal string? Data { get; }

        // Verify decides by the same list, so a test that passes here passes there.
        internal static void CheckExtension(string extension)
        {
            if (string.IsNullOrWhiteSpace(extension) || extension.StartsWith('.') || !FileExtensions.IsTextExtension(extension))
            {
                throw new ArgumentException(
                    $"A snapshot's extension is a known kind of text, such as txt, md or json, without dot in front; got '{extension}'.",
                    nameof(extension));
            }
        }
    }
}
