using System.Globalization;
using System.Text.Json.Nodes;

namespace Sim.Conformance;

/// <content>Operations that wait, and blocks.</content>
internal sealed partial class ProgramGenerator
{
    private JsonArray Body(int me, int depth, int most = 4, bool mayReturn = true)
    {
        var ops = new JsonArray();
        for (var left = 1 + _dice.Below(Math.Max(1, most - (depth / 2))); left > 0 && _budget > 0; left--)
        {
            _budget--;
            var op = AsyncOp(me, depth);
            ops.Add((JsonNode)(!mayReturn && (string?)op["op"] == "return" ? Op("log", ("v", 0)) : op));
        }

        if (ops.Count == 0)
        {
            ops.Add((JsonNode)Op("sleep", ("d", Time())));
        }

        return ops;
    }

    private JsonObject AsyncOp(int me, int depth)
    {
        var kind = _dice.Weighted<string>(_families);
        var deep = depth < 3;
        var op = kind switch
        {
            "basic" => BasicOp(me, depth),
            "fut" when _dice.Chance(40) => Op("await", ("f", Register())),
            "spawn" when _dice.Chance(35) => Op("await", ("f", Register())),
            "comb" when _dice.Chance(75) => CombinatorWait(me),
            "tmo" when deep && _dice.Chance(75) => TimeoutBlock(me, depth),
            "tg" when me < _procs - 1 => GroupBlock(me, depth, deep),
            "lock" when _dice.Chance(80) => LockWait(me, depth, deep),
            "sem" when _dice.Chance(75) => SemaphoreWait(me, depth, deep),
            "ev" when _dice.Chance(50) => Op("ev_wait", ("e", _dice.Below(2))),
            "cond" when _dice.Chance(75) => ConditionWait(me, depth, deep),
            "bar" when _dice.Chance(80) => _dice.Weighted(
                (Op("bar_wait", ("b", 0)), 6), (Op("bar_reset", ("b", 0)), 1), (Op("bar_abort", ("b", 0)), 1)),
            "q" when _dice.Chance(60) => QueueWait(),
            "tri" when deep => TryBlock(me, depth),
            "rep" when deep => Op("repeat", ("n", 2 + _dice.Below(2)), ("body", Body(me, depth + 1, 3))),
            _ => null,
        };
        return op ?? SyncOp(me, null);
    }

    private JsonObject BasicOp(int me, int depth)
    {
        switch (_dice.Weighted(("sleep", 8), ("sleep0", 3), ("raise", 1), ("return", 1), ("join", 1), ("log", 2)))
        {
            case "sleep":
                return Op("sleep", ("d", Time()));
            case "sleep0":
                return Op("sleep", ("d", 0));
            case "raise":
                return Op("raise", ("e", _dice.Below(9)));
            case "return":
                return depth > 0 || _dice.Chance(30) ? Op("return", ("v", _dice.Below(100))) : Op("sleep", ("d", 1));
            case "join" when me < _procs - 1:
                return Op("join", ("p", LaterProc(me)));
            default:
                return Op("log", ("v", _dice.Below(10)));
        }
    }

    private JsonObject CombinatorWait(int me)
    {
        var name = _dice.Weighted(("gather", 4), ("wait", 4), ("shield", 2), ("wait_for", 3), ("as_completed", 2), ("await", 2));
        switch (name)
        {
            case "gather":
                return WithExceptions(Op(name, ("fs", Registers())));
            case "wait":
                return WithTimeout(Op(name, ("fs", Registers()), ("rw", _dice.Pick("FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"))));
            case "as_completed":
                return WithTimeout(Op(name, ("fs", Registers())));
            case "wait_for":
                var op = Op(name, ("d", _dice.Chance(10) ? null : (JsonNode)Time()));
                if (_dice.Chance(40) && me < _procs - 1)
                {
                    op["p"] = LaterProc(me);
                }
                else
                {
                    op["f"] = Register();
                }

                return op;
            default:
                return Op(name, ("f", Register()));
        }
    }

    private JsonObject WithTimeout(JsonObject op)
    {
        if (_dice.Chance(50))
        {
            op["d"] = Time();
        }

        return op;
    }

    private JsonObject TimeoutBlock(int me, int depth)
    {
        var name = BlockName('t');
        _openTimeouts.Add(name);
        var body = Body(me, depth + 1);
        _openTimeouts.RemoveAt(_openTimeouts.Count - 1);
        return _dice.Chance(20)
            ? Op("timeout_at", ("w", _dice.Below(40)), ("r", name), ("body", body))
            : Op("timeout", ("d", _dice.Chance(8) ? null : (JsonNode)Time()), ("r", name), ("body", body));
    }

    private JsonObject? GroupBlock(int me, int depth, bool deep)
    {
        if (_openGroups.Count > 0 && _dice.Chance(60))
        {
            return SpawnInGroup(_dice.Pick<string>([.. _openGroups]), me);
        }

        if (!deep)
        {
            return null;
        }

        var name = BlockName('g');
        _openGroups.Add(name);
        var body = new JsonArray();
        for (var left = 1 + _dice.Below(3); left > 0; left--)
        {
            body.Add((JsonNode)SpawnInGroup(name, me));
        }

        Append(body, Body(me, depth + 1));
        _openGroups.RemoveAt(_openGroups.Count - 1);
        return Op("tg", ("r", name), ("body", body));
    }

    private JsonObject SpawnInGroup(string group, int me) => Op("tg_spawn", ("r", group), ("p", LaterProc(me)), ("f", TaskRegister()));

    private JsonObject LockWait(int me, int depth, bool deep)
    {
        var which = _dice.Below(2);
        return deep && _dice.Chance(75) ? Op("with_lock", ("l", which), ("body", Body(me, depth + 1))) : Op("lock", ("l", which));
    }

    private JsonObject SemaphoreWait(int me, int depth, bool deep)
    {
        var which = _dice.Below(2);
        return deep && _dice.Chance(60) ? Op("with_sem", ("s", which), ("body", Body(me, depth + 1))) : Op("sem_acq", ("s", which));
    }

    private JsonObject ConditionWait(int me, int depth, bool deep)
    {
        var inner = _dice.Pick(
            Op("cond_wait", ("c", 0)), Op("cond_wait", ("c", 0)), Op("cond_notify", ("c", 0), ("n", 1)), Op("cond_notify_all", ("c", 0)));
        if (!deep)
        {
            return inner;
        }

        JsonArray body = [inner];
        Append(body, Body(me, depth + 1));
        return Op("with_cond", ("c", 0), ("body", body));
    }

    private JsonObject QueueWait()
    {
        var which = _dice.Below(2);
        return _dice.Weighted(
            (Op("q_put", ("q", which), ("v", _dice.Below(100))), 5), (Op("q_get", ("q", which)), 5), (Op("q_join", ("q", which)), 1));
    }

    private JsonObject TryBlock(int me, int depth)
    {
        var kinds = _dice.Weighted(("*", 3), ("Cancelled", 4), ("Err", 3), ("Timeout", 3), ("Group", 2), ("Cancelled Timeout", 1));
        var on = new JsonArray([.. kinds.Split(' ').Select(kind => (JsonNode)kind)]);
        var op = Op("try", ("body", Body(me, depth + 1)), ("on", on), ("h", Body(me, depth + 1, 2)));
        if (_dice.Chance(25))
        {
            op["re"] = 1;
        }

        if (_dice.Chance(25))
        {
            op["fin"] = Body(me, depth + 1, 2, mayReturn: false);
        }

        return op;
    }

    private string BlockName(char kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}{_blocks++}");
}
