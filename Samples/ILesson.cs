namespace Samples;

/// <summary>One program of the asyncio lesson. It prints the same on real and on virtual time.</summary>
public interface ILesson
{
    /// <summary>The name on the command line, in kebab-case.</summary>
    string Name { get; }

    /// <summary>What it shows, in one line.</summary>
    string Summary { get; }

    /// <summary>Plays the lesson to its end. The calling thread runs no loop yet.</summary>
    void Run(Stage stage);
}
