using System.Net;
using Samples;
using Sim.Core;

if (args is ["serve", .. var rest])
{
    // The server of docs/servers.md, on sockets: at the port that is given, or at a free one.
    var port = rest is [var text] ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 0;
    Asyncio.Run(() => AnswerServer.RunAsync(
        Asyncio.GetRunningLoop(), new SocketNetwork(Asyncio.GetRunningLoop()), new IPEndPoint(IPAddress.Loopback, port), Console.Out));
    return 0;
}

return LessonCommand.Run(args, Console.Out, Console.Error);
