namespace Sim.Testing.FsCheck;

/// <summary>Settings for all <see cref="SimPropertyAttribute"/> of a class that do not set them themselves.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SimPropertiesAttribute : PropertySettingsAttribute;
