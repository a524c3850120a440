namespace Sim.BrowserTests;

/// <summary>A page does not do what it must.</summary>
/// <param name="message">What it does instead.</param>
internal sealed class CheckException(string message) : Exception(message);
