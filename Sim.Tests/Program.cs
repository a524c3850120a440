namespace Sim.Tests;

/// <summary>What tests start in a process of its own, because it harms the process that it runs in.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        switch (args)
        {
            case [DescriptorExhaustion.Name]:
                // Written at the end: the console itself needs descriptors.
                var output = new StringWriter();
                DescriptorExhaustion.Run(output);
                Console.Out.Write(output);
                return 0;
            case [SignalledProgram.Name, var mode]:
                return SignalledProgram.Run(mode, Console.Out);
            default:
                Console.Error.WriteLine("This assembly is for 'dotnet test'.");
                return 2;
        }
    }
}
