using System.CommandLine;
using Sim.Testing;

namespace Sim.Cli;

/// <summary><c>sim completion</c>: the script that makes a shell complete command lines of <c>sim</c>, by asking it.</summary>
internal static class CompletionCommand
{
    // Each hands over the line up to the cursor and how long it is; the directive answers with one word a line.
    private static readonly (string Shell, string Script)[] _scripts =
    [
        ("bash", """
            # sim: put this into ~/.bashrc:  source <(sim completion bash)
            _sim_complete() {
              local IFS=$'\n' line="${COMP_LINE:0:COMP_POINT}"
              COMP_WORDBREAKS="${COMP_WORDBREAKS//:/}"
              COMPREPLY=($(compgen -W "$(sim "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _sim_complete sim
            """),
        ("zsh", """
            # sim: put this into ~/.zshrc, behind compinit:  source <(sim completion zsh)
            _sim_complete() {
              local line="$BUFFER[1,$CURSOR]"
              local -a words_of_sim=("${(@f)$(sim "[suggest:${#line}]" "$line" 2>/dev/null)}")
              if [[ -n "$words_of_sim" ]]; then compadd -a words_of_sim; else _files; fi
            }
            compdef _sim_complete sim
            """),
        ("fish", """
            # sim: put this into ~/.config/fish/config.fish:  sim completion fish | source
            function __sim_complete
              set -l line (commandline -cp)
              sim "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -c sim -a '(__sim_complete)'
            """),
        ("pwsh", """
            # sim: put this into $PROFILE:  sim completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName sim -ScriptBlock {
              param($word, $ast, $cursor)
              $line = $ast.ToString()
              if ($line.Length -gt $cursor) { $line = $line.Substring(0, $cursor) }
              $line = $line.PadRight($cursor)
              sim "[suggest:$cursor]" $line 2>$null | Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """),
    ];

    public static Command Create(ToolConsole console)
    {
        var shell = new Argument<string>("shell") { Description = $"One of {string.Join(", ", Shells)}." };
        shell.CompletionSources.Add([.. Shells]);
        shell.Validators.Add(result =>
        {
            var name = result.Tokens[0].Value;
            if (!Shells.Contains(name))
            {
                result.AddError($"There is no completion for '{name}'. {NearestWord.Hint(name, Shells)}");
            }
        });
        var command = new Command("completion", "Print the script that lets a shell complete command lines of sim.") { shell };
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(shell);
            console.Output.WriteLine(Array.Find(_scripts, script => script.Shell == name).Script.ReplaceLineEndings("\n"));
            return ExitCode.AsExpected;
        });
        return command;
    }

    private static IEnumerable<string> Shells => _scripts.Select(static script => script.Shell);
}
