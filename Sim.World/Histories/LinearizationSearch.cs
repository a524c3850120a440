using System.Collections.Immutable;

namespace Sim.World;

/// <summary>
/// The search for a linearization of one part, depth first: whatever may come next is tried in the order of the invocations,
/// and no configuration is looked into twice (Wing and Gong, "Testing and verifying concurrent objects", JPDC 1993, with the
/// memory of Lowe, "Testing for linearizability", CCPE 2017). Used once.
/// </summary>
internal sealed class LinearizationSearch<TState, TOperation>
{
    private readonly object? _part;
    private readonly History _history;
    private readonly ISequentialModel<TState, TOperation> _model;
    private readonly int _limit;
    private readonly Call[] _calls;

    // Until when each call may take effect; for ever, if it need not.
    private readonly int[] _deadlines;
    private readonly HashSet<Configuration<TState>> _seen;

    // What has come so far, each with the state before it.
    private readonly List<(int Call, TState Before)> _order = [];
    private readonly Stack<IEnumerator<int>> _open = [];
    private ulong[] _placed;
    private TState _state;
    private int _first;
    private int _needed;
    private (int Needed, (int Call, TState Before)[] Order, TState State)? _longest;

    public LinearizationSearch(object? part, History history, ISequentialModel<TState, TOperation> model, int limit)
    {
        (_part, _history, _model, _limit, _state) = (part, history, model, limit, model.Initial);
        // What was cancelled has no effect, so it stands in nobody's way, unless the model says otherwise.
        _calls = [.. history.Calls.Where(call => call.Outcome.Kind != CallOutcomeKind.Cancelled || IsOpen(call))];
        _deadlines = [.. _calls.Select(call => IsOpen(call) ? int.MaxValue : call.Responded!.Value.Order)];
        _needed = _deadlines.Count(static deadline => deadline != int.MaxValue);
        _placed = new ulong[(_calls.Length + 63) / 64];
        _seen = new HashSet<Configuration<TState>>(new ConfigurationComparer<TState>(model.States));
    }

    public Linearization Run()
    {
        while (!IsEnd())
        {
            if (Enter())
            {
                _open.Push(Candidates().GetEnumerator());
            }
            else
            {
                TakeBack();
            }

            while (!TryNext())
            {
                KeepLongest();
                if (_order.Count == 0)
                {
                    return ToLinearization();
                }

                _open.Pop();
                TakeBack();
            }
        }

        return ToLinearization(isComplete: true);
    }

    // Without a response, or with one that does not say whether it has taken effect.
    private bool IsOpen(Call call) =>
        call.Responded is null || (call.Outcome.Error is { } error && _model.MayHaveTakenEffect((TOperation)call.Operation, error));

    private bool IsPlaced(int call) => (_placed[call >> 6] & (1UL << call)) != 0;

    // Nothing goes on any more: a call that nobody answers has done nothing, and has to wait.
    private bool IsLeft(int call) => _history.IsQuiescent && _calls[call].Responded is null;

    // All that must come has come, and what is left waits.
    private bool IsEnd() => _needed == 0 && Enumerable.Range(0, _calls.Length).All(call => !IsLeft(call) || Waits(call));

    private bool Waits(int call) => Apply(call, _state).Otherwise is { Error: null };

    private ModelStep<TState, object?> Apply(int call, TState state) => _model.Apply(state, (TOperation)_calls[call].Operation);

    // False for a configuration that was looked into before.
    private bool Enter()
    {
        if (!_seen.Add(new Configuration<TState>((ulong[])_placed.Clone(), _state)))
        {
            return false;
        }

        if (_seen.Count > _limit)
        {
            throw new HistoryTooBroadException(
                $"The history of {_calls.Length} calls was not decided within {_limit} configurations: "
                + "let fewer tasks call, each fewer times, or tell by the model's PartOf which calls have nothing to do with each other.");
        }

        return true;
    }

    // No way on from here: as far as one comes is where such a way ends.
    private void KeepLongest()
    {
        if (_longest is not { } longest || _needed < longest.Needed)
        {
            _longest = (_needed, [.. _order], _state);
        }
    }

    // A call may come next if it began before every other one that has not come ended. Sorted by their beginnings, those that
    // follow the first that began too late began too late as well.
    private IEnumerable<int> Candidates()
    {
        while (_first < _calls.Length && IsPlaced(_first))
        {
            _first++;
        }

        var deadline = int.MaxValue;
        for (var call = _first; call < _calls.Length && _calls[call].Invoked.Order < deadline; call++)
        {
            if (!IsPlaced(call) && !IsLeft(call))
            {
                yield return call;
                deadline = Math.Min(deadline, _deadlines[call]);
            }
        }
    }

    private bool TryNext()
    {
        if (!_open.TryPeek(out var candidates))
        {
            return false;
        }

        while (candidates.MoveNext())
        {
            var call = candidates.Current;
            var step = Apply(call, _state);
            if (Explains(step, call))
            {
                _order.Add((call, _state));
                _state = step.Otherwise is null ? step.State! : _state;
                _placed[call >> 6] |= 1UL << call;
                _needed -= _deadlines[call] == int.MaxValue ? 0 : 1;
                return true;
            }
        }

        return false;
    }

    private void TakeBack()
    {
        var (call, before) = _order[^1];
        _order.RemoveAt(_order.Count - 1);
        _state = before;
        _placed[call >> 6] &= ~(1UL << call);
        _needed += _deadlines[call] == int.MaxValue ? 0 : 1;
        _first = Math.Min(_first, call);
    }

    private bool Explains(in ModelStep<TState, object?> step, int call) => step.Otherwise switch
    {
        { Error: null } => false,
        _ when _deadlines[call] == int.MaxValue => true,
        { Error: { } error } => error.IsInstanceOfType(_calls[call].Outcome.Error),
        null => _calls[call].Outcome is { Kind: CallOutcomeKind.Returned } outcome && ValueEquality.Equals(step.Result, outcome.Value),
    };

    private Linearization ToLinearization(bool isComplete = false)
    {
        if (!isComplete)
        {
            (_needed, var order, _state) = _longest!.Value;
            (_placed, _first) = (new ulong[_placed.Length], 0);
            _order.Clear();
            _order.AddRange(order);
            foreach (var (call, _) in order)
            {
                _placed[call >> 6] |= 1UL << call;
            }
        }

        var after = _order.Skip(1).Select(static placed => placed.Before).Append(_state);
        return new Linearization(
            _part,
            _history,
            [.. _order.Zip(after, (placed, state) => new LinearizedCall(_calls[placed.Call], ValueText.Of(state)))],
            isComplete ? [] : [.. Blocking().Select(call => new RejectedCall(_calls[call], ReasonAgainst(call)))],
            ValueText.Of(_state),
            _seen.Count);
    }

    // What must come next and cannot; or, if all has come, what is left although it need not wait.
    private IEnumerable<int> Blocking() => _needed > 0
        ? Candidates().Where(call => _deadlines[call] != int.MaxValue)
        : Enumerable.Range(0, _calls.Length).Where(call => IsLeft(call) && !Waits(call));

    private string ReasonAgainst(int call)
    {
        var step = Apply(call, _state);
        return step.Otherwise switch
        {
            { Error: null } => "would have to wait",
            { Error: { } error } => $"would throw {error.Name}",
            _ when _calls[call].Responded is null => "need not wait, and never ends",
            _ when step.Result is null && _calls[call].Outcome.Kind == CallOutcomeKind.Returned => "would return nothing",
            _ => step.Result is null ? "would just return" : $"would return {ValueText.Of(step.Result)}",
        };
    }
}
