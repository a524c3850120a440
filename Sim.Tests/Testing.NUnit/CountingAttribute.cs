using NUnit.Framework;
using NUnit.Framework.Interfaces;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Counts how often it is called for a test, and that no simulation runs then.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class CountingAttribute : NUnitAttribute, ITestAction
{
    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
        Assert.That(EventLoop.Running, Is.Null);
        test.Properties.Set("begun", (int?)test.Properties.Get("begun") + 1 ?? 1);
    }

    public void AfterTest(ITest test) => Assert.That(EventLoop.Running, Is.Null);
}
