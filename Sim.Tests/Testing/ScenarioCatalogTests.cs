using System.Reflection;
using NUnit.Framework;
using Sim.Testing;

namespace Sim.Tests;

public class ScenarioCatalogTests
{
    [Test]
    public void Attribute_GivesNameAndBug()
    {
        var scenario = MakeScenario(nameof(PlantedAsync));
        Assert.That((scenario.Name, scenario.MustFail), Is.EqualTo(("planted", "On purpose.")));
        Assert.That(scenario.Run(Races.Script()).Failure!.Message, Is.EqualTo("ArithmeticException: Planted."));
        Assert.That(MakeScenario(nameof(PlainAsync)).Name, Is.EqualTo(nameof(PlainAsync)));
    }

    [Test]
    public void MethodThatCannotBeAScenario_IsRefused_AndSaysWhy()
    {
        AssertRefused(nameof(Plain), "returns Void, so it cannot run in a simulation: make it async, and return Task or ValueTask.");
        AssertRefused(nameof(AsyncVoid), "it is async void, and nobody can await its end: return Task.");
        AssertRefused(nameof(InstanceAsync), "a scenario is a static method without parameters.");
        AssertRefused(nameof(TakesAsync), "a scenario is a static method without parameters.");
    }

    [Test]
    public void UnknownName_IsAnsweredWithTheNearest() => Assert.That(
        static () => ScenarioCatalog.Find([Races.Account, Races.Turns], "acount-race"),
        Throws.TypeOf<ScenarioException>().With.Message.EqualTo(
            "There is no scenario 'acount-race'. Did you mean 'account-race'? Known: account-race, turns."));

    [Test]
    public void NearestWord_IsOfferedOnlyWhenItIsNear()
    {
        Assert.That(NearestWord.Hint("zzz", ["account"]), Is.EqualTo("Known: account."));
        Assert.That(NearestWord.Hint("zzz", []), Is.EqualTo("There are none."));
        Assert.That(NearestWord.Hint("x", Enumerable.Range(100, 14).Select(static number => $"name{number}")), Does.EndWith("name111 and 2 more."));
    }

    internal static async Task PlainAsync() => await Task.CompletedTask;

    internal static Task PlantedAsync() => throw new ArithmeticException("Planted.");

    internal static void Plain()
    {
    }

    internal static async void AsyncVoid() => await Task.CompletedTask;

    internal static Task TakesAsync(int number) => Task.FromResult(number);

    internal Task InstanceAsync() => Task.CompletedTask;

    private static void AssertRefused(string method, string because) =>
        Assert.That(() => MakeScenario(method), Throws.TypeOf<ScenarioException>().With.Message.Contains(because));

    private static Scenario MakeScenario(string method)
    {
        var attribute = method == nameof(PlantedAsync) ? new ScenarioAttribute("planted") { MustFail = "On purpose." } : new ScenarioAttribute();
        return attribute.MakeScenario(typeof(ScenarioCatalogTests).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance)!);
    }
}
