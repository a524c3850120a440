namespace Sim.Core;

/// <summary>One handle that a poll found ready.</summary>
/// <param name="Token">What was passed to <see cref="IPoller.Register"/> for the handle.</param>
/// <param name="Ready">The kinds of readiness found. An error or hang-up is reported as both.</param>
public readonly record struct PollEvent(object Token, PollInterest Ready);
