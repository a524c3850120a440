namespace Sim.Testing.NUnit;

/// <summary>Settings for all <c>[SimTest]</c> of a fixture or an assembly; what a test sets itself goes ahead of it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly)]
public sealed class SimTestsAttribute : SimTestSettingsAttribute;
