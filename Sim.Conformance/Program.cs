using Sim.Conformance;
var catalog = OpFamilies.All;
var sw = System.Diagnostics.Stopwatch.StartNew();
foreach (var program in ProgramReader.ReadFile(args[0], catalog.Forms))
{
    Console.Out.Write($"# {program.Id}\n");
    foreach (var line in Machine.Run(program, catalog)) Console.Out.Write(line + "\n");
}
Console.Error.WriteLine(sw.Elapsed);
