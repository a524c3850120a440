namespace Sim.Testing.Hosting;

/// <summary>What hosted services are called in traces and messages: by their type, without its type arguments.</summary>
internal static class ServiceNames
{
    public static string Of(object service) => service.GetType().Name.Split('`')[0];
}
