namespace Sim.Core;

/// <summary>A connection of a server, with the task that handles it. Loop thread only.</summary>
internal sealed class ServerClient(ServedConnection connection)
{
    /// <summary>The connection, as the handler has it.</summary>
    public ServedConnection Connection => connection;

    /// <summary>The task of the handler.</summary>
    public LoopTask? Task { get; set; }

    /// <summary>Who writes to it, if that is buffered.</summary>
    public ConnectionWriter? Writer { get; set; }

    /// <summary>Its place among the others.</summary>
    public LinkedListNode<ServerClient>? Place { get; set; }

    /// <summary>Whether the handler has ended, and only last bytes are under way.</summary>
    public bool IsLingering { get; set; }

    /// <summary>Whether the server has closed it or broken it off: what the handler finds then is no failure of its own.</summary>
    public bool IsTakenAway { get; private set; }

    /// <summary>Closes it after what was written.</summary>
    public void Close()
    {
        IsTakenAway = true;
        if (Writer is { } writer)
        {
            writer.Close();
        }
        else
        {
            connection.Dispose();
        }
    }

    /// <summary>Breaks it off.</summary>
    public void Abort()
    {
        IsTakenAway = true;
        connection.Abort();
        Task?.Cancel();
    }
}
