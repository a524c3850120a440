// Which steps are shown, and which of them a search finds. Nothing here knows of the screen.

// The kinds of things to choose from. Nothing chosen means everything.
const Choices = [
    {
        id: "decisions",
        label: "Decisions",
        has: (run, place) => run.remarks.get(place)?.decisions.length > 0 || run.remarks.get(place)?.decides,
    },
    { id: "notes", label: "Notes", kinds: [Kind.note] },
    { id: "creates", label: "Creations", kinds: [Kind.create] },
    { id: "waits", label: "Waits", kinds: [Kind.wait] },
    { id: "ends", label: "Ends", kinds: [Kind.end] },
    { id: "cancels", label: "Cancellations", kinds: [Kind.cancel] },
    { id: "draws", label: "Draws", kinds: [Kind.draw] },
    { id: "failures", label: "Errors and failures", kinds: [Kind.error, Kind.failure] },
    { id: "callbacks", label: "Callbacks of the loop", has: (run, place) => run.laneOf(place).isLoop },
];

// The places of the steps that a filter lets through, in order.
function placesThrough(run, filter) {
    const isHidden = run.lanes.map(lane => filter.hidden.has(lane.name));
    const chosen = Choices.filter(choice => filter.kinds.has(choice.id));
    const kinds = new Set(chosen.flatMap(choice => choice.kinds ?? []));
    const tests = chosen.filter(choice => choice.has);
    const places = [];
    for (let place = 0; place < run.count; place++) {
        if (isHidden[run.steps.lane[place]]) continue;
        if (chosen.length > 0 && !hasKind(run, place, kinds) && !tests.some(choice => choice.has(run, place)))
            continue;
        places.push(place);
    }
    return Int32Array.from(places);
}

function hasKind(run, place, kinds) {
    for (let at = run.firstEvent[place]; at < run.firstEvent[place + 1]; at++) {
        if (kinds.has(run.events.kind[at])) return true;
    }
    return false;
}

// The places among these where the words occur: in the name of a task, in a text, in a decision, or as #12 the step 12.
// Each text is looked at once, however many events have it.
function placesWith(run, places, query) {
    const words = query.trim().toLowerCase();
    if (words === "") return new Int32Array(0);
    const number = /^#(\d+)$/.exec(words);
    if (number) return places.filter(place => run.steps.number[place] === Number(number[1]));
    const isIn = run.texts.map(text => text.toLowerCase().includes(words));
    const isOfLane = run.lanes.map(lane => lane.name.toLowerCase().includes(words));
    const found = place => {
        if (isOfLane[run.steps.lane[place]] || isIn[run.steps.owner[place]] || isIn[run.steps.text[place]])
            return true;
        for (let at = run.firstEvent[place]; at < run.firstEvent[place + 1]; at++) {
            if (isIn[run.events.text[at]] || isIn[run.events.owner[at]]) return true;
        }
        const remark = run.remarks.get(place);
        return (
            remark !== undefined &&
            [...remark.decisions, ...remark.sites, ...remark.accesses].some(text =>
                text.toLowerCase().includes(words),
            )
        );
    };
    return places.filter(found);
}
