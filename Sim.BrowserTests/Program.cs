using Sim.BrowserTests;

return await BrowserTool.RunAsync(args);
