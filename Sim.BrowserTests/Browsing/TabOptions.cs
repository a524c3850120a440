namespace Sim.BrowserTests;

/// <summary>How a tab is opened.</summary>
/// <param name="Width">Of the window, in CSS pixels.</param>
/// <param name="Height">Of the window, in CSS pixels.</param>
/// <param name="IsDark">Whether the system is dark.</param>
internal sealed record TabOptions(int Width = 1440, int Height = 900, bool IsDark = false);
