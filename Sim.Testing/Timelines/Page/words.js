// Steps in words.

const KindName = ["step", "creation", "wait", "cancel", "end", "note", "draw", "error", "failure"];

// How it begins, in short: "begins", "in PayAsync"; for a callback, its name.
function titleOf(run, place) {
    const phase = run.steps.phase[place];
    if (phase === Phase.outside || phase === Phase.runs) return run.ownerOf(place);
    if (phase === Phase.begins) return "begins";
    const text = run.textOf(place);
    return text.startsWith("goes on in ") ? `in ${text.slice("goes on in ".length).split(",")[0]}` : "goes on";
}

// What else happens, each with the style it is shown in.
function partsOf(run, place) {
    const lane = run.steps.lane[place];
    const parts = [];
    for (const event of run.eventsOf(place)) {
        const who = event.lane === lane ? "" : `${event.owner} `;
        parts.push({ text: who + shortOf(event), style: styleOf(event) });
    }
    return parts;
}

function shortOf({ kind, text }) {
    if (kind === Kind.create) return text.replace("creates task ", "creates ");
    if (kind === Kind.end && text === "ends: done") return "ends";
    if (kind === Kind.end && text.startsWith("ends: failed: "))
        return `fails: ${text.slice("ends: failed: ".length).split(":")[0]}`;
    return text;
}

function styleOf({ kind, text }) {
    if (kind === Kind.failure || kind === Kind.error || (kind === Kind.end && text.startsWith("ends: failed")))
        return "bad";
    return kind === Kind.note || kind === Kind.draw || kind === Kind.cancel ? "note" : "muted";
}

// The whole step in a sentence, for those who hear it.
function sentenceOf(run, place) {
    const number = run.steps.number[place];
    const remark = run.remarks.get(place);
    return [
        number === 0 ? "Before the first step" : `Step ${number}`,
        `${run.laneOf(place).isLoop ? run.ownerOf(place) : run.laneOf(place).name}, at ${run.timeOf(place)}`,
        [run.textOf(place), ...partsOf(run, place).map(part => part.text)].filter(text => text).join("; "),
        remark?.decides ? "the order here decides" : "",
        remark?.decisions.length ? `decision: ${remark.decisions.join(" ")}` : "",
    ]
        .filter(text => text)
        .join(": ");
}

// "woken by step 4 (rent)".
function causeWords(run, place) {
    const verb = { [Phase.begins]: "created by", [Phase.goesOn]: "woken by" }[run.steps.phase[place]] ?? "called by";
    return `${verb} ${stepWords(run, run.causePlace[place])}`;
}

const stepWords = (run, place) => `step ${run.steps.number[place]} (${run.ownerOf(place)})`;
