// One row of text, used again for another step when it has been scrolled away.

// About how wide a letter is; good enough to tell on which side a text fits.
const UsualLetter = 6.8;

class RowView {
    constructor(panelId, number) {
        this.element = element(
            "div",
            { class: "row", role: "option", id: `${panelId}-row-${number}` },
            (this.gutter = element(
                "span",
                { class: "gutter" },
                (this.mark = element("span", { class: "mark" })),
                (this.number = element("span", { class: "number" })),
                (this.time = element("span", { class: "time" })),
            )),
            (this.label = element("span", { class: "label" }, (this.text = element("span", { class: "text" })))),
        );
        this.row = -1;
    }

    show(row, { run, places, geometry, chosen, twin, matches, query, left }) {
        const place = places[row];
        const remark = run.remarks.get(place);
        this.row = row;
        this.element.setAttribute("aria-label", sentenceOf(run, place));
        this.element.setAttribute("aria-posinset", row + 1);
        this.element.setAttribute("aria-setsize", places.length);
        this.element.setAttribute("aria-selected", place === chosen);
        this.element.classList.toggle("decides", remark?.decides ?? false);
        this.element.classList.toggle("twin", place === twin);
        this.element.classList.toggle("match", matches.has(place));
        this.element.classList.toggle("band", run.steps.time[place] % 2 === 1);
        this.mark.textContent = remark?.decides || remark?.decisions.length ? "◆" : "";
        this.mark.classList.toggle("decides", remark?.decides ?? false);
        this.number.textContent = run.steps.number[place] === 0 ? "–" : run.steps.number[place];
        const isNewTime = row === 0 || run.steps.time[places[row - 1]] !== run.steps.time[place];
        this.time.textContent = isNewTime ? run.timeOf(place) : "";
        this.#write(run, place, { geometry, query, left });
    }

    move(top, geometry) {
        const style = this.element.style;
        style.transform = `translateY(${top}px)`;
        style.height = `${geometry.rowHeight}px`;
        this.gutter.style.width = `${geometry.gutter}px`;
        this.gutter.style.visibility = geometry.hasText ? "" : "hidden";
        this.number.style.width = `${geometry.numberWidth}px`;
        // Where rows are lower than a line of text, that of the chosen one lies over its neighbours.
        const high = Math.max(geometry.rowHeight, LeastWithText);
        this.label.style.height = `${high}px`;
        this.label.style.top = `${(geometry.rowHeight - high) / 2}px`;
    }

    // The text runs to the right of its dot over lanes that have nothing in this row; to the left if it only fits there.
    // Where the lane is scrolled out of view, it stands at that side and begins with whose it is.
    #place(geometry, lane, left, parts) {
        const at = geometry.x(lane);
        const first = left + geometry.gutter + 2;
        const last = left + geometry.viewWidth - 6;
        const side = at < first ? "before" : at > last ? "behind" : "";
        const right = side === "before" ? last - first : last - at - 9;
        const room = side === "behind" ? last - first : at - 9 - first;
        const needed = parts.reduce((sum, part) => sum + part.text.length + 3, 0) * UsualLetter;
        const isLeft = side === "behind" || (side === "" && right < needed && room > right);
        this.label.classList.toggle("left", isLeft);
        this.label.style.left = `${isLeft || side === "before" ? first : at + 9}px`;
        this.label.style.width = `${Math.max(0, isLeft ? room : right)}px`;
        return side;
    }

    #write(run, place, { geometry, query, left }) {
        const parts = [{ text: titleOf(run, place), style: "muted" }, ...partsOf(run, place)];
        const side = this.#place(geometry, run.steps.lane[place], left, parts);
        if (side !== "") {
            // A callback begins with its name anyway.
            const sign = side === "before" ? "‹" : "›";
            if (run.laneOf(place).isLoop) parts[0].text = `${sign} ${parts[0].text}`;
            else parts.unshift({ text: `${sign} ${run.ownerOf(place)}`, style: "muted" });
        }
        const pieces = [];
        parts.forEach((part, index) => {
            if (index > 0) pieces.push(element("span", { class: "apart" }, " · "));
            pieces.push(element("span", { class: part.style }, ...marked(part.text, query)));
        });
        this.text.replaceChildren(...pieces);
    }
}

// The text with what was searched for marked.
function marked(text, query) {
    const words = query.trim().toLowerCase(),
        at = words ? text.toLowerCase().indexOf(words) : -1;
    return at < 0
        ? [text]
        : [text.slice(0, at), element("mark", {}, text.slice(at, at + words.length)), text.slice(at + words.length)];
}
