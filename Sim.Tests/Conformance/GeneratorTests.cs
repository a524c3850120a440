using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using Sim.Conformance;

namespace Sim.Tests;

/// <summary>The generator makes the very programs that the oracle's own generator makes.</summary>
public class GeneratorTests
{
    // SHA-256 of what gen_programs.py prints for these arguments.
    private const string Golden = "036d788cbee7bf6addef610087f6144c889ca32a60961ad08be0a861a7a939ba";

    [Test]
    public void GoldenPrograms_AreThoseOfTheOracle_ByteForByte() =>
        Assert.That(Digest(GoldenSet.Lines), Is.EqualTo(Golden));

    [TestCase(2, null, "9b324080d5d92366f02c2dfea74c16fffebb6f50b6a6641f04d299dc62267c5c")]
    [TestCase(9223372036854775807, null, "9291d5a2c27e4485c2c81439f67369d6f3b0ca10f0ce307b4d5032175cc23cd7")]
    [TestCase(5, "tasks", "2068d1174270ed2bd601770ddc9bfa639404c7493ab7c34ae1a1015f826a9b46")]
    [TestCase(5, "cancel", "0ef5be8fd5cb5912e4a2da16f770a6df4edc3079cd3b0051282900c5a1b4911d")]
    [TestCase(5, "timeouts", "365abdd33a7585d159e0c74629dc9f1b1c0141a578a4cd75289bf5924fa21fd4")]
    [TestCase(5, "groups", "cdaba2e953fd716c3959d46e5c11decfd8875655303e6e0f011cabc90b6fdb75")]
    [TestCase(5, "locks", "98012b39df5e0b82f1ef4afc1dcba1189316741cf52f202c16e7930c4636bfae")]
    [TestCase(5, "queues", "e106558ed92027378e1f5ae3c942affab1a654069171fb08055c1b87220c986d")]
    [TestCase(5, "timers", "55cbb9649bd9568225d282019a9a686460d2523e5b9fb41e3a0d766e83c1538d")]
    [TestCase(5, "combine", "6b362735bf1a990a970b7980ddb2a6e751789514d838098088d162137c7c3392")]
    [TestCase(5, "mixed", "de5ecd016dc4398ffb58382573a51cab298979476d9648452cdeb4ae6bd86608")]
    [TestCase(5, "io", "38e421362756d0b559f7e6940c109b62934618b77f80a97424e9fde4631a9281")]
    [TestCase(5, "stop", "d4ce6c1536b5eff90f60ecfaa495dd4421d9e53b045c6c72eea208a18062eae4")]
    [TestCase(5, "eager", "3e733f3f2c1d8c8a1a72a8f3107b8c4a3ab445aad9eed3f44d31bffd7c87f527")]
    public void OtherSeedsAndProfiles_AreThoseOfTheOracle(long seed, string? profile, string digest) =>
        Assert.That(Digest(Enumerable.Range(0, 50).Select(index => ProgramGenerator.Line(seed, index, profile))), Is.EqualTo(digest));

    private static string Digest(IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")))));
}
