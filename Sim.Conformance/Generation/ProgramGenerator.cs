using System.Globalization;
using System.Text.Json.Nodes;

namespace Sim.Conformance;

/// <summary>
/// Makes random programs. A port of the oracle's generator, draw for draw: the same seed, index and profile give the
/// same line of JSON, byte for byte, so that programs need not be stored.
/// </summary>
internal sealed partial class ProgramGenerator
{
    private static readonly int[] _times = [0, 0, 1, 1, 2, 3, 4, 5, 5, 5, 7, 10, 10, 15, 20, 40];
    private static readonly string[] _taskRegisters = ["a", "b", "c", "d"];
    private static readonly string[] _plainRegisters = ["x", "y", "z"];
    private static readonly string[] _registers = [.. _taskRegisters, .. _plainRegisters];

    private readonly Dice _dice;
    private readonly string _profile;
    private readonly (string Family, int Weight)[] _families;
    private readonly (string Family, int Weight)[] _syncFamilies;
    private readonly int _procs;
    private readonly int _leaves = 2;
    private readonly int _funcs;
    private readonly List<string> _openTimeouts = [];
    private readonly List<string> _openGroups = [];
    private bool _shutsDown;
    private bool _rescues;
    private int _level = 11;
    private int _budget;
    private int _blocks;

    private ProgramGenerator(Dice dice, string profile)
    {
        _dice = dice;
        _profile = profile;
        _families = Profiles.Families(profile);
        _syncFamilies =
        [
            .. _families.Where(family => family.Family is not ("tg" or "tri" or "rep"))
                .Select(family => family.Family == "basic" ? family with { Weight = 1 } : family),
        ];
        _procs = 3 + dice.Below(4);
        _funcs = 2 + dice.Below(3);
    }

    /// <summary>Program number <paramref name="index"/> of a seed, as a line of JSON.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="index">Which program.</param>
    /// <param name="profile">What it is about; null = the profiles take turns.</param>
    public static string Line(long seed, long index, string? profile = null)
    {
        var dice = new Dice(unchecked(((ulong)seed * 0x100000001B3) + ((ulong)index * 0x9E3779B1) + 12345));
        for (var i = 0; i < 4; i++)
        {
            dice.Next();
        }

        var chosen = profile ?? Profiles.Names[(int)(index % Profiles.Names.Count)];
        var id = string.Create(CultureInfo.InvariantCulture, $"s{seed}-{index}-{chosen}");
        return new ProgramGenerator(dice, chosen).MakeProgram(id).ToJsonString();
    }

    private JsonObject MakeProgram(string id)
    {
        _shutsDown = IsAbout("queues") && _dice.Chance(45);
        _rescues = _dice.Chance(60);
        var procs = new JsonArray();
        for (var number = 0; number < _procs; number++)
        {
            procs.Add((JsonNode)MakeProc(number));
        }

        procs.Add((JsonNode)MakeRescuer());
        var funcs = new JsonArray();
        for (var number = 0; number < _funcs; number++)
        {
            funcs.Add((JsonNode)MakeFunc(number));
        }

        var init = new JsonArray();
        JsonArray phases = [Phase(0)];
        if (IsAbout("stop"))
        {
            for (var left = _dice.Below(3); left > 0; left--)
            {
                init.Add((JsonNode)SyncOp(null, null));
            }

            phases = _dice.Pick<JsonArray>([Phase(0), Forever()], [Forever(), Phase(0)], [Phase(0), Phase(1), Forever()]);
        }
        else if (_dice.Chance(15))
        {
            phases.Add((JsonNode)Phase(1 + _dice.Below(_procs - 1)));
        }

        var objects = MakeObjects();
        var program = new JsonObject
        {
            ["id"] = id,
            ["profile"] = _profile,
            ["min"] = string.Create(CultureInfo.InvariantCulture, $"3.{_level}"),
            ["objects"] = objects,
            ["procs"] = procs,
            ["funcs"] = funcs,
            ["phases"] = phases,
        };
        if (init.Count > 0)
        {
            program["init"] = init;
        }

        return program;
    }

    private JsonObject MakeObjects() => new()
    {
        ["locks"] = 2,
        ["events"] = 2,
        ["sems"] = new JsonArray { new JsonArray { 1 + _dice.Below(2), false }, new JsonArray { _dice.Below(2), _dice.Chance(30) } },
        ["conds"] = 1,
        ["barriers"] = new JsonArray { 2 + _dice.Below(2) },
        ["queues"] = new JsonArray
        {
            new JsonArray { "fifo", _dice.Below(3) },
            new JsonArray { _dice.Pick("fifo", "lifo", "prio"), _dice.Below(3) },
        },
    };

    private JsonArray MakeProc(int me)
    {
        _budget = me == 0 ? 26 : 18;
        _openTimeouts.Clear();
        _openGroups.Clear();
        var ops = new JsonArray();
        if (me == 0)
        {
            MakeBeginning(ops);
        }

        var want = me >= _procs - _leaves ? 1 + _dice.Below(4) : 3 + _dice.Below(6);
        for (; want > 0; want--)
        {
            Append(ops, Body(me, 0, 2));
        }

        return ops;
    }

    // The main proc has futures and tasks to work with.
    private void MakeBeginning(JsonArray ops)
    {
        foreach (var name in _plainRegisters[..(1 + _dice.Below(3))])
        {
            ops.Add((JsonNode)Op("fut", ("f", name)));
        }

        foreach (var name in _taskRegisters[..(2 + _dice.Below(3))])
        {
            ops.Add((JsonNode)MaybeEager(Op("spawn", ("p", LaterProc(0)), ("f", name))));
        }

        if (_rescues)
        {
            ops.Add((JsonNode)Op("spawn", ("p", _procs)));
        }
    }

    // A late task that wakes most of what may still be blocked.
    private JsonArray MakeRescuer()
    {
        JsonArray ops = [Op("sleep", ("d", 8 + _dice.Below(40)))];
        foreach (var name in _plainRegisters)
        {
            ops.Add((JsonNode)Guarded(Op("set_result", ("f", name), ("v", _dice.Below(100)))));
        }

        if (Has("ev"))
        {
            ops.Add((JsonNode)Op("ev_set", ("e", 0)));
            ops.Add((JsonNode)Op("ev_set", ("e", 1)));
        }

        if (Has("sem"))
        {
            ops.Add((JsonNode)Op("sem_rel", ("s", 0)));
        }

        for (var queue = 0; queue < 2 && Has("q"); queue++)
        {
            ops.Add((JsonNode)Guarded(Op("q_put_nowait", ("q", queue), ("v", _dice.Below(100)))));
        }

        if (Has("cond"))
        {
            ops.Add((JsonNode)Op("with_cond", ("c", 0), ("body", new JsonArray { Op("cond_notify_all", ("c", 0)) })));
        }

        return ops;
    }

    private JsonArray MakeFunc(int number)
    {
        var ops = new JsonArray();
        for (var left = 1 + _dice.Below(3); left > 0; left--)
        {
            ops.Add((JsonNode)SyncOp(null, number));
        }

        if (_dice.Chance(8))
        {
            ops.Add((JsonNode)Op("raise", ("e", _dice.Below(9))));
        }

        return ops;
    }

    private static JsonObject Phase(int proc) => new() { ["k"] = "ruc", ["p"] = proc };

    private static JsonObject Forever() => new() { ["k"] = "forever" };

    private static JsonObject Guarded(JsonObject op) => Op("try", ("on", new JsonArray { "*" }), ("body", new JsonArray { op }));

    private static JsonObject Op(string name, params ReadOnlySpan<(string Key, JsonNode? Value)> fields)
    {
        var op = new JsonObject { ["op"] = name };
        foreach (var (key, value) in fields)
        {
            op[key] = value;
        }

        return op;
    }

    private static void Append(JsonArray to, JsonArray ops)
    {
        foreach (var op in ops.ToArray())
        {
            ops.Remove(op);
            to.Add(op);
        }
    }

    private JsonObject MaybeEager(JsonObject spawn)
    {
        if (IsAbout("eager") && _dice.Chance(60))
        {
            spawn["eager"] = 1;
            _level = Math.Max(_level, 12);
        }

        return spawn;
    }

    private bool IsAbout(string profile) => _profile == profile || _profile == Profiles.Everything;

    private bool Has(string family) => _families.Any(known => known.Family == family);

    private int Time() => _dice.Pick<int>(_times);

    private string Register() => _dice.Pick<string>(_registers);

    private string TaskRegister() => _dice.Pick<string>(_taskRegisters);

    private string PlainRegister() => _dice.Pick<string>(_dice.Chance(88) ? _plainRegisters : _taskRegisters);

    private JsonArray Registers()
    {
        var names = new JsonArray();
        for (var left = 1 + _dice.Below(4); left > 0; left--)
        {
            names.Add((JsonNode)Register());
        }

        return names;
    }

    // A proc that this one may start: one with a higher number, so that programs end.
    private int LaterProc(int me) => me + 1 + _dice.Below(_procs - me - 1);
}
