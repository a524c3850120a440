// The strip beside a run: all of it at once, with decisions, matches, the failure and what is in view. A click goes there.

function paintOverview(canvas, view) {
    const scale = window.devicePixelRatio || 1;
    const width = canvas.clientWidth,
        height = canvas.clientHeight;
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    const { run, places, geometry, offset } = view;
    const total = Math.max(1, places.length);
    const y = row => (row / total) * height;

    // One dot of colour for each pixel is enough, whatever lies behind it.
    const slot = Math.min(3, width / 3 / Math.max(1, Math.min(4, geometry.shown.length)));
    for (let pixel = 0; pixel < height; pixel++) {
        const place = places[Math.floor((pixel / height) * total)];
        if (place === undefined) continue;
        pen.fillStyle = withAlpha(colourOf(run.laneOf(place)), 0.45);
        pen.fillRect(2 + (run.steps.lane[place] % 4) * slot, pixel, slot, 1);
    }
    const mark = (place, colour, thick) => {
        const row = lowerBound(places, place);
        if (places[row] !== place) return;
        pen.fillStyle = colour;
        pen.fillRect(0, Math.min(height - thick, y(row)), width, thick);
    };
    let free = -1;
    for (const place of view.matches) {
        const at = y(lowerBound(places, place));
        if (at >= free) {
            mark(place, withAlpha(colours.decision, 0.6), 1.5);
            free = at + 2;
        }
    }
    run.decisions.forEach(place => mark(place, colours.decision, 2));
    run.deciding.forEach(place => mark(place, colours.decides, 3));
    mark(run.failurePlace, colours.fails, 3);
    if (view.height >= geometry.fullHeight) return;
    const top = (offset / geometry.fullHeight) * height;
    pen.strokeStyle = colours.focus;
    pen.fillStyle = withAlpha(colours.focus, 0.12);
    const tall = Math.max(8, Math.min(height, (view.height / geometry.fullHeight) * height));
    pen.fillRect(0.5, top, width - 1, tall);
    pen.strokeRect(0.5, top + 0.5, width - 1, tall - 1);
}
