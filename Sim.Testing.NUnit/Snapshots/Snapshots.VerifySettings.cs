namespace Sim.Testing.NUnit;

public static partial class Snapshots
{
    /// <summary>
    /// How the files of a verification are named. The members have the names and the shapes of Verify's class of the same name,
    /// so that a test compiles against either. Not thread-safe; a verification works on a copy.
    /// </summary>
    public sealed class VerifySettings
    {
        /// <summary>Settings that ask for nothing.</summary>
        public VerifySettings()
        {
        }

        /// <summary>A copy.</summary>
        public VerifySettings(VerifySettings? settings)
        {
            if (settings is not null)
            {
                (TypeName, MethodName) = (settings.TypeName, settings.MethodName);
                (FileName, Directory) = (settings.FileName, settings.Directory);
                (Parameters, ParametersText) = (settings.Parameters, settings.ParametersText);
                (IgnoredParameters, IgnoresParametersForVerified) = (settings.IgnoredParameters, settings.IgnoresParametersForVerified);
                (Uniqueness, Options) = (settings.Uniqueness, settings.Options);
            }
        }

        internal string? TypeName { get; private set; }

        internal string? MethodName { get; private set; }

        internal string? FileName { get; private set; }

        internal string? Directory { get; private set; }

        internal IReadOnlyList<object?>? Parameters { get; private set; }

        internal string? ParametersText { get; private set; }

        internal IReadOnlyList<string>? IgnoredParameters { get; private set; }

        internal bool IgnoresParametersForVerified { get; private set; }

        internal SnapshotUniqueness Uniqueness { get; private set; } = new();

        internal SnapshotOptions Options { get; private set; }

        /// <summary>Takes the place of the fixture's name. Not with <see cref="UseFileName"/>.</summary>
        public void UseTypeName(string name) => TypeName = Part(name, nameof(UseTypeName), FileName, nameof(UseFileName));

        /// <summary>Takes the place of the method's name. Not with <see cref="UseFileName"/>.</summary>
        public void UseMethodName(string name) => MethodName = Part(name, nameof(UseMethodName), FileName, nameof(UseFileName));

        /// <summary>Takes the place of fixture, method and arguments. Not with the members that give one of these.</summary>
        public void UseFileName(string fileName) => FileName = Part(
            fileName, nameof(UseFileName), TypeName ?? MethodName ?? ParametersText ?? (object?)Parameters,
            "UseTypeName, UseMethodName, UseParameters or UseTextForParameters");

        /// <summary>Another directory than the source file's; a relative path starts there. It is made if it is missing.</summary>
        public void UseDirectory(string directory)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(directory);
            Directory = directory;
        }

        /// <summary>
        /// The arguments to name the files by, in place of the test's own; fewer than there are parameters name the first of them.
        /// </summary>
        public void UseParameters(params object?[] parameters)
        {
            ArgumentNullException.ThrowIfNull(parameters);
            ArgumentOutOfRangeException.ThrowIfZero(parameters.Length, nameof(parameters));
            Refuse(nameof(UseParameters), FileName, nameof(UseFileName));
            Refuse(nameof(UseParameters), ParametersText, nameof(UseTextForParameters));
            Parameters = parameters;
        }

        /// <inheritdoc cref="UseParameters(object?[])"/>
        public void UseParameters<T>(T parameter) => UseParameters([parameter]);

        /// <summary>One argument, which is an array.</summary>
        public void UseParameters<T>(T[] parameters) => UseParameters([(object?)parameters]);

        /// <summary>A text in place of all arguments, after an underscore. Not with <see cref="UseParameters(object?[])"/>.</summary>
        public void UseTextForParameters(string parametersText)
        {
            Refuse(nameof(UseTextForParameters), Parameters, nameof(UseParameters));
            ParametersText = Part(parametersText, nameof(UseTextForParameters), FileName, nameof(UseFileName));
        }

        /// <summary>Leaves these parameters out of verified names, so that cases share a file; none = all.</summary>
        public void IgnoreParameters(params string[] parameterNames)
        {
            ArgumentNullException.ThrowIfNull(parameterNames);
            IgnoredParameters = parameterNames;
        }

        /// <summary>Leaves all parameters out of verified names; received names have <paramref name="parameters"/>, if given.</summary>
        public void IgnoreParametersForVerified(params object?[] parameters)
        {
            ArgumentNullException.ThrowIfNull(parameters);
            if (parameters.Length > 0)
            {
                UseParameters(parameters);
            }

            IgnoresParametersForVerified = true;
        }

        /// <summary>Allows a name to be used more than once.</summary>
        public void DisableRequireUniquePrefix() => Options = Options with { SharesPrefix = true };

        /// <summary>No diff tool for this verification.</summary>
        public void DisableDiff() => Options = Options with { HidesDiff = true };

        /// <summary>A file for each framework that tests are built for: <c>.DotNet</c>.</summary>
        public void UniqueForTargetFramework() => Uniqueness = Uniqueness with { TargetFramework = true };

        /// <summary>A file for each framework and version that tests are built for: <c>.DotNet10_0</c>.</summary>
        public void UniqueForTargetFrameworkAndVersion() => Uniqueness = Uniqueness with { TargetFrameworkAndVersion = true };

        /// <summary>A file for each configuration: <c>.Debug</c>, <c>.Release</c>.</summary>
        public void UniqueForAssemblyConfiguration() => Uniqueness = Uniqueness with { AssemblyConfiguration = true };

        /// <summary>A file for each architecture: <c>.x64</c>, <c>.arm64</c>.</summary>
        public void UniqueForArchitecture() => Uniqueness = Uniqueness with { Architecture = true };

        /// <summary>A file for each system: <c>.Linux</c>, <c>.Windows</c>, <c>.OSX</c>.</summary>
        public void UniqueForOSPlatform() => Uniqueness = Uniqueness with { OSPlatform = true };

        /// <summary>A file for each runtime: <c>.DotNet</c>.</summary>
        public void UniqueForRuntime() => Uniqueness = Uniqueness with { Runtime = true };

        /// <summary>A file for each runtime and version: <c>.DotNet10_0</c>.</summary>
        public void UniqueForRuntimeAndVersion() => Uniqueness = Uniqueness with { RuntimeAndVersion = true };

        private static string Part(string name, string member, object? other, string otherMember)
        {
            if (!SnapshotName.IsPart(name))
            {
                throw new ArgumentException(
                    $"{member} names a part of a file name, so it cannot hold any of \" \\ < > | : * ? /; got '{name}'.", nameof(name));
            }

            Refuse(member, other, otherMember);
            return name;
        }

        private static void Refuse(string member, object? other, string otherMember)
        {
            if (other is not null)
            {
                throw new InvalidOperationException(
                    $"{member} does not go with {otherMember}: both say what the file is called. Drop one of them.");
            }
        }
    }
}
