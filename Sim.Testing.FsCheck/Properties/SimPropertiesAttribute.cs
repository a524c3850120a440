namespace Sim.Testing.FsCheck;

/// <summary>Settings for all <see cref="SimPropertyAttribute"/> of a class or an assembly that do not set them themselves.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly)]
public sealed class SimPropertiesAttribute : PropertySettingsAttribute;
