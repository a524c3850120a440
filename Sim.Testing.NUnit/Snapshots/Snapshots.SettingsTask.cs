using System.Runtime.CompilerServices;

namespace Sim.Testing.NUnit;

public static partial class Snapshots
{
    /// <summary>
    /// A verification that takes place when it is awaited or becomes a <see cref="Task"/>; until then its members say how its
    /// files are named. They are those of <see cref="VerifySettings"/>. A verification that nobody awaits does not take place.
    /// </summary>
    public sealed class SettingsTask
    {
        private readonly Action<VerifySettings> _verify;
        private Task? _task;

        internal SettingsTask(VerifySettings? settings, Action<VerifySettings> verify)
        {
            CurrentSettings = new(settings);
            _verify = verify;
        }

        /// <summary>The settings of this verification.</summary>
        public VerifySettings CurrentSettings { get; }

        /// <summary>The verification, finished. Any error is in the task.</summary>
        public static implicit operator Task(SettingsTask settingsTask)
        {
            ArgumentNullException.ThrowIfNull(settingsTask);
            return settingsTask.ToTask();
        }

        /// <inheritdoc cref="VerifySettings.UseTypeName"/>
        public SettingsTask UseTypeName(string name) => With(settings => settings.UseTypeName(name));

        /// <inheritdoc cref="VerifySettings.UseMethodName"/>
        public SettingsTask UseMethodName(string name) => With(settings => settings.UseMethodName(name));

        /// <inheritdoc cref="VerifySettings.UseFileName"/>
        public SettingsTask UseFileName(string fileName) => With(settings => settings.UseFileName(fileName));

        /// <inheritdoc cref="VerifySettings.UseDirectory"/>
        public SettingsTask UseDirectory(string directory) => With(settings => settings.UseDirectory(directory));

        /// <inheritdoc cref="VerifySettings.UseParameters(object?[])"/>
        public SettingsTask UseParameters(params object?[] parameters) => With(settings => settings.UseParameters(parameters));

        /// <inheritdoc cref="VerifySettings.UseParameters{T}(T)"/>
        public SettingsTask UseParameters<T>(T parameter) => With(settings => settings.UseParameters(parameter));

        /// <inheritdoc cref="VerifySettings.UseParameters{T}(T[])"/>
        public SettingsTask UseParameters<T>(T[] parameters) => With(settings => settings.UseParameters(parameters));

        /// <inheritdoc cref="VerifySettings.UseTextForParameters"/>
        public SettingsTask UseTextForParameters(string parametersText) => With(settings => settings.UseTextForParameters(parametersText));

        /// <inheritdoc cref="VerifySettings.IgnoreParameters"/>
        public SettingsTask IgnoreParameters(params string[] parameterNames) => With(settings => settings.IgnoreParameters(parameterNames));

        /// <inheritdoc cref="VerifySettings.IgnoreParametersForVerified"/>
        public SettingsTask IgnoreParametersForVerified(params object?[] parameters) =>
            With(settings => settings.IgnoreParametersForVerified(parameters));

        /// <inheritdoc cref="VerifySettings.DisableRequireUniquePrefix"/>
        public SettingsTask DisableRequireUniquePrefix() => With(static settings => settings.DisableRequireUniquePrefix());

        /// <inheritdoc cref="VerifySettings.DisableDiff"/>
        public SettingsTask DisableDiff() => With(static settings => settings.DisableDiff());

        /// <inheritdoc cref="VerifySettings.UniqueForTargetFramework"/>
        public SettingsTask UniqueForTargetFramework() => With(static settings => settings.UniqueForTargetFramework());

        /// <inheritdoc cref="VerifySettings.UniqueForTargetFrameworkAndVersion"/>
        public SettingsTask UniqueForTargetFrameworkAndVersion() => With(static settings => settings.UniqueForTargetFrameworkAndVersion());

        /// <inheritdoc cref="VerifySettings.UniqueForAssemblyConfiguration"/>
        public SettingsTask UniqueForAssemblyConfiguration() => With(static settings => settings.UniqueForAssemblyConfiguration());

        /// <inheritdoc cref="VerifySettings.UniqueForArchitecture"/>
        public SettingsTask UniqueForArchitecture() => With(static settings => settings.UniqueForArchitecture());

        /// <inheritdoc cref="VerifySettings.UniqueForOSPlatform"/>
        public SettingsTask UniqueForOSPlatform() => With(static settings => settings.UniqueForOSPlatform());

        /// <inheritdoc cref="VerifySettings.UniqueForRuntime"/>
        public SettingsTask UniqueForRuntime() => With(static settings => settings.UniqueForRuntime());

        /// <inheritdoc cref="VerifySettings.UniqueForRuntimeAndVersion"/>
        public SettingsTask UniqueForRuntimeAndVersion() => With(static settings => settings.UniqueForRuntimeAndVersion());

        /// <summary>Verifies, once; the same task each time.</summary>
        public Task ToTask() => _task ??= Start();

        /// <summary>Verifies. Everything is done when the call returns, so the argument changes nothing.</summary>
        public ConfiguredTaskAwaitable ConfigureAwait(bool continueOnCapturedContext) => ToTask().ConfigureAwait(continueOnCapturedContext);

        /// <summary>Verifies: what <c>await</c> calls.</summary>
        public TaskAwaiter GetAwaiter() => ToTask().GetAwaiter();

        private Task Start()
        {
            try
            {
                _verify(CurrentSettings);
                return Task.CompletedTask;
            }
            catch (Exception failure)
            {
                // The error belongs to the task: whoever awaits it sees it, as with the genuine Verify.
                return Task.FromException(failure);
            }
        }

        private SettingsTask With(Action<VerifySettings> change)
        {
            if (_task is not null)
            {
                throw new InvalidOperationException("The verification has taken place; say how its files are named before it is awaited.");
            }

            change(CurrentSettings);
            return this;
        }
    }
}
