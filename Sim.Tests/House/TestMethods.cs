using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework.Interfaces;

namespace Sim.Tests;

/// <summary>Which tests there are: by reflection in this assembly, by their source in the properties, which are not referenced.</summary>
internal static partial class TestMethods
{
    public static bool Exists(string type, string method) => InThisAssembly(type, method) || InSource(SourceTree.Repository, type, method);

    private static bool InThisAssembly(string type, string method) =>
        typeof(TestMethods).Assembly.GetTypes().Where(candidate => candidate.Name == type)
            .SelectMany(candidate => candidate.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .Any(candidate => candidate.Name == method
                && candidate.GetCustomAttributes().Any(attribute => attribute is ITestBuilder or ISimpleTestBuilder));

    public static bool InSource(SourceTree tree, string type, string method) =>
        tree.Under("Sim.Properties").Where(file => file.IsCSharp && TypeDeclaration.In(file).Any(declared => declared.Name == type))
            .SelectMany(file => Property().Matches(file.Code))
            .Any(match => match.Groups["method"].Value == method);

    [GeneratedRegex(@"\[\s*(?:[\w.]+\s*\(?[^\]]*,\s*)?(?:FsCheck\.NUnit\.)?(?:Property|Test|TestCase|TestCaseSource)\b(?:[^\[\]]|\[[^\[\]]*\])*\](?:\s*\[(?:[^\[\]]|\[[^\[\]]*\])*\])*\s*(?:(?:public|static|async)\s+)+[\w<>,.?\[\] ]+\s(?<method>\w+)\s*\(")]
    private static partial Regex Property();
}
