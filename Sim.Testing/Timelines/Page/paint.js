// The picture behind the text: lanes, arrows, dots. Only what is in view is drawn, however long the run is.

let colours = {};

// Read again whenever the theme changes.
function readColours() {
    const style = getComputedStyle(document.documentElement);
    const names = [
        "surface",
        "ink",
        "muted",
        "faint",
        "line",
        "band",
        "hover",
        "chosen",
        "focus",
        "fails",
        "decision",
        "decides",
        "decides-ground",
        "match",
        "lane-loop",
    ];
    colours = Object.fromEntries(names.map(name => [name, style.getPropertyValue(`--${name}`).trim()]));
    colours.lanes = Array.from({ length: 8 }, (_, number) => style.getPropertyValue(`--lane-${number}`).trim());
}

const colourOf = lane => (lane.isLoop ? colours["lane-loop"] : colours.lanes[lane.number % 8]);

// view: { run, places, geometry, offset, left, width, height, chosen, twin, hover, matches, isActive }
function paint(canvas, view) {
    const scale = window.devicePixelRatio || 1;
    const { width, height, geometry, offset } = view;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
        canvas.width = Math.round(width * scale);
        canvas.height = Math.round(height * scale);
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    if (view.places.length === 0) return;
    const first = geometry.rowAt(offset),
        last = geometry.rowAt(offset + height);
    const scene = {
        ...view,
        pen,
        first,
        last,
        top: row => row * geometry.rowHeight - offset,
        middle: row => (row + 0.5) * geometry.rowHeight - offset,
        // Where arrows leave a row: below its text.
        bottom: row => (row + 1) * geometry.rowHeight - offset - Math.min(2, geometry.rowHeight / 6),
        x: lane => geometry.x(lane) - view.left,
        row: place => lowerBound(view.places, place),
    };
    paintBands(scene);
    pen.save();
    pen.beginPath();
    pen.rect(geometry.gutter, 0, width - geometry.gutter, height);
    pen.clip();
    paintLanes(scene);
    paintArrows(scene);
    paintDots(scene);
    pen.restore();
    if (!geometry.hasText) paintTimes(scene);
}

// A ground for every other instant, a line where time has passed, and what is chosen, found or decides.
function paintBands({ pen, run, places, geometry, width, first, last, top, chosen, twin, hover, matches, isActive }) {
    const high = geometry.rowHeight;
    const fill = (row, colour, from = 0) => {
        pen.fillStyle = colour;
        pen.fillRect(from, top(row), width - from, high);
    };
    for (let row = first; row <= last; row++) {
        const place = places[row];
        const time = run.steps.time[place];
        if (time % 2 === 1) fill(row, colours.band);
        if (matches.has(place)) fill(row, withAlpha(colours.match, high < 6 ? 1 : 0.35)); // As lanes.css has it.
        if (run.remarks.get(place)?.decides) fill(row, colours["decides-ground"]);
        if (row === hover) fill(row, colours.hover);
        if (place === chosen) fill(row, isActive ? colours.chosen : colours.hover);
        if (row > 0 && run.steps.time[places[row - 1]] !== time && high >= 8) {
            pen.fillStyle = colours.line;
            pen.fillRect(0, top(row), width, 1);
        }
    }
    // Where there are rows of text, they have the frame.
    if (!geometry.hasText && twin >= 0 && places[lowerBound(places, twin)] === twin) {
        pen.strokeStyle = colours.focus;
        pen.setLineDash([4, 3]);
        pen.strokeRect(0.5, top(lowerBound(places, twin)) + 0.5, width - 1, high - 1);
        pen.setLineDash([]);
    }
}

// A lane is a thin line while its task lives, and a thick one from where a step is made ready to where it is taken.
function paintLanes(scene) {
    const { pen, run, places, geometry, width, first, last, middle, bottom, x, row } = scene;
    const from = places[first],
        to = places[last];
    for (const lane of geometry.shown) {
        const at = x(lane.number);
        if (at < geometry.gutter - 20 || at > width + 20 || lane.steps.length === 0) continue;
        const born = run.causePlace[lane.steps[0]] >= 0 ? run.causePlace[lane.steps[0]] : lane.steps[0];
        const end = lane.steps[lane.steps.length - 1];
        pen.strokeStyle = colourOf(lane);
        if (born <= to && end >= from) {
            pen.globalAlpha = lane.isLoop ? 0.25 : 0.4;
            const begin = run.steps.lane[born] === lane.number ? middle : bottom;
            line(pen, at, begin(Math.max(first - 1, row(born))), at, middle(Math.min(last + 1, row(end))), 1);
        }
        pen.globalAlpha = 0.75;
        if (lane.isLoop || geometry.rowHeight < 6) continue;
        for (let index = lowerBound(lane.steps, from); index < lane.steps.length; index++) {
            const step = lane.steps[index],
                cause = run.causePlace[step];
            const isOwn = cause >= 0 && run.steps.lane[cause] === lane.number;
            if (cause >= 0 && cause <= to)
                line(
                    pen,
                    at,
                    (isOwn ? middle : bottom)(Math.max(first - 1, row(cause))),
                    at,
                    middle(Math.min(last + 1, row(step))),
                    3,
                );
            if (step > to) break;
        }
    }
    pen.globalAlpha = 1;
}

// From a step to the lane of each that it makes ready, in the row where it does so.
function paintArrows({ pen, run, places, geometry, width, first, last, middle, bottom, x, chosen }) {
    if (geometry.rowHeight < 6) return;
    for (let index = first; index <= last; index++) {
        const place = places[index];
        const start = x(run.steps.lane[place]),
            y = bottom(index);
        for (const woken of run.wokenBy(place)) {
            const lane = run.laneOf(woken);
            if (lane.number === run.steps.lane[place] || geometry.columns[lane.number] < 0) continue;
            const end = x(lane.number),
                forwards = end > start ? 1 : -1;
            if (Math.max(start, end) < geometry.gutter || Math.min(start, end) > width) continue;
            const isChosen = place === chosen || woken === chosen;
            pen.strokeStyle = pen.fillStyle = isChosen ? colours.focus : colourOf(lane);
            pen.globalAlpha = isChosen ? 1 : 0.8;
            line(pen, start, middle(index), start, y, isChosen ? 2 : 1.25);
            line(pen, start, y, end - 5 * forwards, y, isChosen ? 2 : 1.25);
            pen.beginPath();
            pen.moveTo(end - forwards, y);
            pen.lineTo(end - 8 * forwards, y - 3.5);
            pen.lineTo(end - 8 * forwards, y + 3.5);
            pen.fill();
        }
    }
    pen.globalAlpha = 1;
}

function paintDots({ pen, run, places, geometry, first, last, top, middle, x }) {
    const high = geometry.rowHeight;
    for (let row = first; row <= last; row++) {
        const place = places[row],
            lane = run.laneOf(place),
            at = x(lane.number),
            y = middle(row);
        const remark = run.remarks.get(place);
        pen.fillStyle =
            place === run.failurePlace ? colours.fails : remark?.decides ? colours.decides : colourOf(lane);
        if (high < 13) {
            const wide = Math.min(geometry.laneWidth - 4, 18);
            pen.fillRect(at - wide / 2, top(row), wide, Math.max(1, high - (high > 4 ? 1 : 0)));
            continue;
        }
        const size = lane.isLoop ? 3 : 5;
        pen.beginPath();
        if (endsIn(run, place)) pen.rect(at - size, y - size, 2 * size, 2 * size);
        else pen.arc(at, y, size, 0, 7);
        pen.fill();
        if (run.steps.phase[place] === Phase.begins) {
            pen.fillStyle = colours.surface;
            pen.beginPath();
            pen.arc(at, y, 2.4, 0, 7);
            pen.fill();
        }
        if (remark?.decisions.length) {
            pen.strokeStyle = colours.decision;
            pen.lineWidth = 2;
            pen.beginPath();
            pen.arc(at, y, size + 3, 0, 7);
            pen.stroke();
        }
    }
}

// Without rows of text, times are written here as far apart as they are legible.
function paintTimes({ pen, run, places, geometry, first, last, middle }) {
    pen.fillStyle = colours.muted;
    pen.font = "11px ui-monospace, 'DejaVu Sans Mono', monospace";
    pen.textBaseline = "middle";
    let free = 8,
        time = -1;
    for (let row = first; row <= last; row++) {
        if (run.steps.time[places[row]] !== time && middle(row) >= free) {
            time = run.steps.time[places[row]];
            free = middle(row) + 15;
            pen.fillText(run.times[time], 14 + geometry.numberWidth + 10, middle(row));
        }
    }
}

function endsIn(run, place) {
    for (let at = run.firstEvent[place]; at < run.firstEvent[place + 1]; at++) {
        if (run.events.kind[at] === Kind.end && run.events.lane[at] === run.steps.lane[place]) return true;
    }
    return false;
}

function line(pen, fromX, fromY, toX, toY, width) {
    pen.lineWidth = width;
    pen.beginPath();
    pen.moveTo(fromX, fromY);
    pen.lineTo(toX, toY);
    pen.stroke();
}

// A colour of the form #rrggbb, thinner.
const withAlpha = (colour, alpha) =>
    colour +
    Math.round(alpha * 255)
        .toString(16)
        .padStart(2, "0");
