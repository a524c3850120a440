using System.Globalization;
using System.Text.Json.Nodes;

namespace Sim.Conformance;

/// <content>Operations that do not wait.</content>
internal sealed partial class ProgramGenerator
{
    /// <param name="me">The number of the proc; null in a callback.</param>
    /// <param name="fn">The number of the callback; null in a proc.</param>
    private JsonObject SyncOp(int? me, int? fn)
    {
        var leaf = me >= _procs - _leaves;
        var kind = _dice.Weighted<string>(_syncFamilies);
        var firstFn = fn is { } own ? own + 1 : 0;
        var mayCall = !leaf && firstFn < _funcs;
        var op = kind switch
        {
            "spawn" when !leaf => SpawnOp(me),
            "fut" => FutureOp(),
            "comb" => CombinatorOp(),
            "cancel" => CancelOp(),
            "tmo" when _openTimeouts.Count > 0 => TimeoutOp(),
            "lock" => _dice.Weighted((Op("unlock", ("l", _dice.Below(2))), 1), (Op("locked", ("l", _dice.Below(2))), 2)),
            "sem" => _dice.Weighted((Op("sem_rel", ("s", _dice.Below(2))), 3), (Op("sem_locked", ("s", _dice.Below(2))), 1)),
            "ev" => _dice.Weighted(
                (Op("ev_set", ("e", _dice.Below(2))), 3), (Op("ev_clear", ("e", _dice.Below(2))), 1), (Op("ev_state", ("e", _dice.Below(2))), 1)),
            "cond" => _dice.Weighted((Op("cond_notify", ("c", 0), ("n", 1 + _dice.Below(2))), 3), (Op("cond_notify_all", ("c", 0)), 1)),
            "bar" => Op("bar_state", ("b", 0)),
            "q" => QueueOp(),
            "timer" when mayCall => TimerOp(firstFn),
            "cb" when mayCall => DoneCallbackOp(firstFn),
            "ctx" => ContextOp(),
            "io" when mayCall => InputOp(firstFn, fn is null),
            "stop" => Op("stop"),
            _ => null,
        };
        return op ?? _dice.Weighted((Op("log", ("v", _dice.Below(10))), 5), (Op("current"), 1));
    }

    private JsonObject SpawnOp(int? me)
    {
        if (me == _procs - 1)
        {
            return Op("log", ("v", _dice.Below(10)));
        }

        var proc = me is { } own ? LaterProc(own) : _procs - 1 - _dice.Below(_leaves);
        return MaybeEager(Op("spawn", ("p", proc), ("f", TaskRegister())));
    }

    private JsonObject FutureOp() => _dice.Weighted(
        (Op("fut", ("f", _dice.Pick<string>(_plainRegisters))), 3),
        (Op("set_result", ("f", PlainRegister()), ("v", _dice.Below(100))), 5),
        (Op("set_exc", ("f", PlainRegister()), ("e", _dice.Below(9))), 2),
        (Op("state", ("f", Register())), 2));

    private JsonObject CombinatorOp() => _dice.Weighted(
        (WithExceptions(Op("gather_f", ("fs", Registers()), ("f", TaskRegister()))), 2),
        (Op("shield_f", ("f", Register()), ("g", TaskRegister())), 2));

    private JsonObject WithExceptions(JsonObject gather)
    {
        if (_dice.Chance(40))
        {
            gather["rex"] = 1;
        }

        return gather;
    }

    private JsonObject CancelOp() => _dice.Weighted(
        (Op("cancel", ("f", Register())), 8),
        (Op("state", ("f", Register())), 2),
        (Op("cancelling", ("f", Register())), 1),
        (Op("uncancel", ("f", Register())), 1));

    private JsonObject TimeoutOp() => _dice.Weighted(
        (Op("resched", ("r", _dice.Pick<string>([.. _openTimeouts])), ("d", _dice.Chance(15) ? null : (JsonNode)Time())), 3),
        (Op("expired", ("r", _dice.Pick<string>([.. _openTimeouts]))), 1));

    private JsonObject QueueOp()
    {
        var op = _dice.Weighted(
            (Op("q_put_nowait", ("q", _dice.Below(2)), ("v", _dice.Below(100))), 4),
            (Op("q_get_nowait", ("q", _dice.Below(2))), 2),
            (Op("q_done", ("q", _dice.Below(2))), 2),
            (Op("q_size", ("q", _dice.Below(2))), 2),
            (Op("q_shutdown", ("q", _dice.Below(2)), ("imm", _dice.Below(2))), 1));
        if ((string?)op["op"] != "q_shutdown")
        {
            return op;
        }

        if (!_shutsDown)
        {
            return Op("q_size", ("q", 0));
        }

        _level = Math.Max(_level, 13);
        return op;
    }

    private JsonObject TimerOp(int firstFn)
    {
        var fn = firstFn + _dice.Below(_funcs - firstFn);
        var handle = string.Create(CultureInfo.InvariantCulture, $"h{_dice.Below(4)}");
        return _dice.Weighted(
            (Op("call_soon", ("fn", fn), ("h", handle)), 3),
            (Op("call_later", ("d", Time()), ("fn", fn), ("h", handle)), 5),
            (Op("call_at", ("w", _dice.Below(30)), ("fn", fn), ("h", handle)), 2),
            (Op("call_soon_ts", ("fn", fn), ("h", handle)), 1),
            (Op("hcancel", ("h", handle)), 3));
    }

    private JsonObject DoneCallbackOp(int firstFn)
    {
        var fn = firstFn + _dice.Below(_funcs - firstFn);
        return _dice.Weighted((Op("add_cb", ("f", Register()), ("fn", fn)), 4), (Op("rm_cb", ("f", Register()), ("fn", fn)), 1));
    }

    private JsonObject ContextOp()
    {
        var key = _dice.Pick("x", "y");
        return _dice.Weighted((Op("ctx_set", ("k", key), ("v", _dice.Below(50))), 1), (Op("ctx_get", ("k", key)), 1));
    }

    // Pulses come from procs: a callback that fires its own descriptor would never end.
    private JsonObject InputOp(int firstFn, bool mayFire)
    {
        var fd = 3 + _dice.Below(3);
        var fn = firstFn + _dice.Below(_funcs - firstFn);
        var table = new List<(JsonObject, int)>
        {
            (Op("add_reader", ("fd", fd), ("fn", fn)), 3),
            (Op("add_writer", ("fd", fd), ("fn", fn)), 2),
            (Op("rm_reader", ("fd", fd)), 1),
            (Op("rm_writer", ("fd", fd)), 1),
        };
        if (mayFire)
        {
            table.Add((Op("fire", ("fd", fd), ("m", _dice.Pick("r", "w", "rw")), ("d", Time())), 6));
        }

        return _dice.Weighted([.. table]);
    }
}
