namespace Sim.Testing.NUnit;

/// <summary>The <c>--filter</c> of <c>dotnet test</c> that finds one test, as a word for a shell.</summary>
internal static class FilterText
{
    /// <summary>The filter, in quotes where a shell would read it otherwise.</summary>
    public static string Of(string fullName) =>
        fullName.IndexOf('(', StringComparison.Ordinal) is var arguments and >= 0
            ? $"FullyQualifiedName~{fullName[..arguments]}"
            : $"FullyQualifiedName={fullName}";
}
