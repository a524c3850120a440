using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using Sim.Testing;
using Sim.World;

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
            ExplainCommand.Create(console, cancellationToken),
            ListCommand.Create(console, cancellationToken),
            verbose,
        };
        root.Options.OfType<VersionOption>().Single().Action = new ShowVersion(console);
        return root;
    }

    public static Argument<string> Target() => new("target") { Description = "An assembly, a project file, or the folder of a project." };

    public static Argument<string[]> Scenarios() => new("scenario")
    {
        Description = "Which scenarios; all of the target by default.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Option<IStrategyFamily> Strategy() => new("--strategy")
    {
        HelpName = "NAME",
        Description = $"Who decides for seeds other than 0: {StrategyFamilies.Names}.",
        DefaultValueFactory = static _ => StrategyFamilies.Portfolio,
        CustomParser = static result =>
        {
            try
            {
                return StrategyFamilies.Parse(result.Tokens[0].Value);
            }
            catch (FormatException unknown)
            {
                result.AddError($"--strategy: {unknown.Message}");
                return StrategyFamilies.Portfolio;
            }
        },
    };

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
