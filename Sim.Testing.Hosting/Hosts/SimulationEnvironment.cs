using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Sim.Testing.Hosting;

/// <summary>
/// The environment of a simulated host, for applications that ask for one and have not registered their own: production, and
/// no files.
/// </summary>
internal sealed class SimulationEnvironment : IHostEnvironment
{
    public string EnvironmentName { get; set; } = Environments.Production;

    public string ApplicationName { get; set; } = "simulation";

    public string ContentRootPath { get; set; } = "";

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}
