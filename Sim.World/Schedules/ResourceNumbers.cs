namespace Sim.World;

/// <summary>Numbers for the resources of one run, in the order in which they were first touched or announced.</summary>
internal sealed class ResourceNumbers
{
    // Looked up, never iterated.
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<object, int> _objects = new(ReferenceEqualityComparer.Instance);

    private readonly List<object> _resources = [];

    public object ResourceOf(int number) => _resources[number];

    public int Of(object resource) => resource is string name ? Of(_names, name) : Of(_objects, resource);

    private int Of<T>(Dictionary<T, int> numbers, T resource)
        where T : notnull
    {
        if (!numbers.TryGetValue(resource, out var number))
        {
            number = _resources.Count;
            numbers.Add(resource, number);
            _resources.Add(resource);
        }

        return number;
    }
}
