using System.Text;
using Sim.Conformance;

// Not the console's own writer, which sends each line by itself and may put a carriage return at its end.
using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { NewLine = "\n" };
return ConformTool.Run(args, output, Console.Error);
