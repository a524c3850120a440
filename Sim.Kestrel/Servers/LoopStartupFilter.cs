using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Sim.Kestrel;

/// <summary>Makes a task of the loop of each request, named after it, so that its code awaits as all code on the loop does.</summary>
internal sealed class LoopStartupFilter(LoopDoor door) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(handler => context => door.RunTaskAsync(() => handler(context), $"{context.Request.Method} {context.Request.Path}"));
        next(app);
    };
}
