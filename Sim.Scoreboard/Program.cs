using Sim.Scoreboard;

return ScoreboardTool.Run(args, Console.Out, Console.Error);
