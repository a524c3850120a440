using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using Sim.Testing;

namespace Sim.Cli;

/// <summary>The commands of <c>sim</c>, for the parser.</summary>
internal static class CommandTree
{
    private const string Description =
        """
        Deterministic simulation testing: runs scenarios on virtual time under many schedules.

        A target is an assembly (.dll), a project file, or the folder of one project; projects are built in Release.
        Exit codes: 0 all as expected; 1 a failure that nobody expected, a planted bug not found, or a replay that still fails;
        2 a command line or target that makes no sense; 130 interrupted before all was decided.
        """;

    public static RootCommand Create(ToolConsole console, Option<bool> verbose, CancellationToken cancellationToken)
    {
        var root = new RootCommand(Description)
        {
            FuzzCommand.Create(console, cancellationToken),
            RunCommand.Create(console, cancellationToken),
            ReplayCommand.Create(console, cancellationToken),
            ShrinkCommand.Create(console, cancellationToken),
            ExplainCommand.Create(console, cancellationToken),
            TraceCommand.Create(console, cancellationToken),
            CorpusCommand.Create(console, cancellationToken),
            ListCommand.Create(console, cancellationToken),
            CompletionCommand.Create(console),
            verbose,
        };
        root.Options.OfType<VersionOption>().Single().Action = new ShowVersion(console);
        return root;
    }

    /// <summary>The assembly's version, and the version of the replay lines that it reads.</summary>
    private sealed class ShowVersion(ToolConsole console) : SynchronousCommandLineAction
    {
        public override bool Terminating => true;

        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var version = typeof(SimTool).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            console.Output.WriteLine($"sim {version.Split('+')[0]} (replay lines of version {ReplayLine.Version})");
            return ExitCode.AsExpected;
        }
    }
}
