// A run on the screen: a list of its steps, of which only those in view exist as elements.

class Panel {
    constructor(app, run, number) {
        Object.assign(this, {
            app,
            run,
            number,
            id: `run-${number}`,
            chosen: -1,
            twin: -1,
            hover: -1,
            places: new Int32Array(0),
            matches: new Set(),
            rows: new Map(),
            spare: [],
        });
        this.outcome = run.failure ? "fails" : "holds";
        this.element = element(
            "section",
            { class: "panel", id: this.id, "aria-label": `The run that ${this.outcome}` },
            element(
                "div",
                { class: "panel-title" },
                element("h2", {}, element("span", { class: `badge ${this.outcome}` }, this.outcome)),
                (this.facts = element("span", { class: "facts" })),
                ...this.#ownLines(),
            ),
            (this.names = element("div", { class: "lane-names", "aria-hidden": "true" })),
            (this.scroller = element(
                "div",
                {
                    class: "scroller",
                    tabindex: "0",
                    role: "listbox",
                    "aria-label": `Steps of the run that ${this.outcome}`,
                    onscroll: () => this.#scrolled(),
                    onclick: event => this.#clicked(event),
                    onfocus: () => app.activate(this),
                    onmousemove: event => this.#hovered(event),
                    onmouseleave: () => {
                        this.hover = -1;
                        this.draw();
                    },
                },
                (this.space = element(
                    "div",
                    { class: "space", role: "presentation" },
                    element(
                        "div",
                        { class: "pinned", role: "presentation" },
                        (this.canvas = element("canvas", { "aria-hidden": "true" })),
                    ),
                )),
            )),
            (this.overview = element("canvas", {
                class: "overview",
                "aria-hidden": "true",
                onmousedown: event => this.#jump(event),
                onmousemove: event => event.buttons && this.#jump(event),
            })),
        );
    }

    // Of a run that is not the one in the head: how it fails if otherwise, how many decisions it takes, and what makes it again.
    #ownLines() {
        const { app, run, number } = this;
        if (number === 0 && !app.explained) return [];
        const isOther = app.explained && run.failure && run.failure.message !== app.explained.failure.message;
        return [
            isOther ? element("span", { class: "facts other", title: run.failure.message }, run.failure.message.split("\n")[0]) : null,
            element("span", {}, plural(run.sentences.length, "decision")),
            run.replay.length > 0 ? copyButton("Copy replay", run.replay[0]) : null,
        ];
    }

    get visible() {
        return !this.element.hidden;
    }
    get height() {
        return this.scroller.clientHeight;
    }
    get offset() {
        return this.geometry.offset(this.scroller.scrollTop);
    }

    // Which steps are shown, after a filter; the chosen one, or what is nearest to it, stays where it was.
    refilter(filter) {
        this.places = placesThrough(this.run, filter);
        this.facts.textContent =
            this.places.length === this.run.count
                ? `${plural(this.run.taken, "step")} · ${this.run.length} of virtual time`
                : `${this.places.length.toLocaleString("en")} of ${plural(this.run.count, "row")} shown`;
        this.facts.classList.toggle("empty", this.places.length === 0);
        if (this.chosen >= 0 && this.places[lowerBound(this.places, this.chosen)] !== this.chosen) {
            const near = lowerBound(this.places, this.chosen);
            this.chosen = this.places.length === 0 ? -1 : this.places[Math.min(near, this.places.length - 1)];
        }
        this.layOut();
    }

    find(query) {
        this.query = query;
        this.matches = new Set(placesWith(this.run, this.places, query));
        this.#forget();
        this.draw();
    }

    // Sizes anew, keeping the row that is chosen, or else the one in the middle, at its height on the screen.
    layOut() {
        if (!this.visible) return;
        const before = this.geometry;
        const anchor = before
            ? this.chosen >= 0 && this.#isInView(this.chosen, before)
                ? this.chosen
                : this.anchor
            : -1;
        const share = before && anchor >= 0 && this.anchorRow >= 0 ? this.#shareOf(anchor, before) : 0.4;
        this.geometry = new Geometry(
            this.run,
            this.places,
            this.app.filter.hidden,
            this.scroller.clientWidth,
            this.height,
            RowHeights[this.app.zoom],
        );
        this.space.style.width = `${this.geometry.width}px`;
        this.space.style.height = `${this.geometry.height}px`;
        this.#forget();
        if (anchor >= 0) {
            const row = Math.min(lowerBound(this.places, anchor), this.places.length - 1);
            this.scroller.scrollTop = this.geometry.scrollTop(
                (row + 0.5) * this.geometry.rowHeight - share * this.height,
            );
        }
        this.draw();
    }

    #isInView(place, geometry) {
        const y = (lowerBound(this.shownPlaces ?? this.places, place) + 0.5) * geometry.rowHeight - this.lastOffset;
        return y >= 0 && y <= this.height;
    }

    #shareOf(place, geometry) {
        const y = (lowerBound(this.shownPlaces ?? this.places, place) + 0.5) * geometry.rowHeight - this.lastOffset;
        return Math.max(0.05, Math.min(0.95, y / Math.max(1, this.height)));
    }

    choose(place, { centre = false } = {}) {
        this.chosen = place;
        this.twin = -1;
        this.#forget();
        this.reveal(place, centre);
        this.draw();
    }

    mark(twin) {
        this.twin = twin;
        this.#forget();
        this.draw();
    }

    // Scrolls so far that the step is in view, with a few rows around it.
    reveal(place, centre) {
        const { geometry, height } = this;
        if (!geometry || place < 0) return;
        const row = lowerBound(this.places, place),
            high = geometry.rowHeight;
        const margin = centre ? height / 2 - high : Math.min(height / 4, 3 * high);
        const top = row * high - margin,
            bottom = (row + 1) * high + margin - height;
        if (this.offset > top || centre) this.scroller.scrollTop = geometry.scrollTop(Math.max(0, top));
        else if (this.offset < bottom) this.scroller.scrollTop = geometry.scrollTop(bottom);
        const x = geometry.x(this.run.steps.lane[place]),
            left = this.scroller.scrollLeft;
        if (x < left + geometry.gutter + 10 || x > left + this.scroller.clientWidth - 80)
            this.scroller.scrollLeft = x - this.scroller.clientWidth / 2;
    }

    // Shows the same numbers of steps as another panel.
    follow(other) {
        if (!this.visible || this.places.length === 0 || other.places.length === 0) return;
        const row = other.geometry.rowAt(other.offset),
            rest = other.offset - row * other.geometry.rowHeight;
        const number = other.run.steps.number[other.places[row]];
        const place = this.run.placeByNumber.get(number) ?? this.run.count;
        this.scroller.scrollTop = this.geometry.scrollTop(
            lowerBound(this.places, place) * this.geometry.rowHeight + rest,
        );
    }

    draw() {
        if (this.isDrawing) return;
        this.isDrawing = true;
        requestAnimationFrame(() => {
            this.isDrawing = false;
            this.#drawNow();
        });
    }

    #drawNow() {
        if (!this.visible || !this.geometry) return;
        const { scroller, geometry, offset } = this;
        const view = {
            ...this,
            offset,
            left: scroller.scrollLeft,
            width: scroller.clientWidth,
            height: scroller.clientHeight,
            isActive: this.app.active === this,
        };
        // Texts stand where they can be seen: sideways scrolling moves them.
        if (view.left !== this.lastLeft) this.#forget();
        this.lastLeft = view.left;
        this.element.classList.toggle("active", view.isActive);
        this.lastOffset = offset;
        this.shownPlaces = this.places;
        this.anchor = this.places.length > 0 ? this.places[geometry.rowAt(offset + view.height * 0.4)] : -1;
        this.anchorRow = geometry.rowAt(offset + view.height * 0.4);
        this.canvas.style.width = `${view.width}px`;
        this.canvas.style.height = `${view.height}px`;
        paint(this.canvas, view);
        this.#drawRows(view);
        this.#drawNames(view);
        paintOverview(this.overview, view);
    }

    // Elements for the rows in view and for the chosen one, which a screen reader must find wherever it is.
    #drawRows(view) {
        const { geometry, places, chosen } = view;
        const wanted = new Set();
        if (places.length > 0 && geometry.hasText) {
            const last = geometry.rowAt(view.offset + view.height);
            for (let row = geometry.rowAt(view.offset); row <= last; row++) wanted.add(row);
        }
        const chosenRow = chosen < 0 ? -1 : lowerBound(places, chosen);
        if (chosenRow >= 0 && places[chosenRow] === chosen) wanted.add(chosenRow);
        for (const [row, one] of this.rows) {
            if (!wanted.has(row)) {
                this.rows.delete(row);
                this.spare.push(one);
                one.element.remove();
                one.row = -1;
            }
        }
        for (const row of [...wanted].sort((a, b) => a - b)) {
            let one = this.rows.get(row);
            if (!one) {
                one = this.spare.pop() ?? new RowView(this.id, (this.made = (this.made ?? 0) + 1));
                this.rows.set(row, one);
                this.space.append(one.element);
            }
            if (one.row !== row) one.show(row, { ...view, query: this.query ?? "" });
            // Relative to where the space is scrolled to, which is not the offset where rows are skipped.
            one.move(row * geometry.rowHeight - view.offset + this.scroller.scrollTop, geometry);
        }
        if (this.rows.has(chosenRow))
            this.scroller.setAttribute("aria-activedescendant", this.rows.get(chosenRow).element.id);
        else this.scroller.removeAttribute("aria-activedescendant");
    }

    #drawNames({ geometry, left, width, run }) {
        const tall = geometry.upright ? Math.min(130, 14 + geometry.longestName * 8) : 26;
        if (this.namesHeight !== tall) {
            this.namesHeight = tall;
            this.names.style.height = `${tall}px`;
        }
        const shown = [geometry, left, width, colours];
        if (shown.every((one, at) => one === this.namesShown?.[at])) return;
        this.namesShown = shown;
        const names = [];
        for (const lane of geometry.shown) {
            const x = geometry.gutter + geometry.columns[lane.number] * geometry.laneWidth - left,
                wide = lane.isLoop ? LoopLane : geometry.laneWidth;
            if (x < geometry.gutter - geometry.laneWidth || x > width) continue;
            const name = element(
                "span",
                { class: geometry.upright ? "name upright" : "name", title: lane.name },
                lane.name,
            );
            Object.assign(
                name.style,
                geometry.upright
                    ? {
                          left: `${x}px`,
                          width: `${geometry.laneWidth}px`,
                          height: `${tall - 6}px`,
                          lineHeight: `${geometry.laneWidth}px`,
                          color: colourOf(lane),
                      }
                    : { left: `${x + 8}px`, maxWidth: `${wide - 8}px`, color: colourOf(lane) },
            );
            names.push(name);
        }
        const corner = element("span", { class: "corner" }, "step · time");
        corner.style.width = `${geometry.gutter}px`;
        this.names.replaceChildren(corner, ...names);
    }

    // What the rows say is out of date.
    #forget() {
        for (const one of this.rows.values()) one.row = -1;
    }

    #scrolled() {
        this.draw();
        this.app.scrolled(this);
    }

    #rowOf(event) {
        const y = event.clientY - this.scroller.getBoundingClientRect().top + this.offset;
        const row = Math.floor(y / this.geometry.rowHeight);
        return row >= 0 && row < this.places.length ? row : -1;
    }

    #clicked(event) {
        const row = this.#rowOf(event);
        if (row >= 0) this.app.choose(this, this.places[row]);
    }

    #hovered(event) {
        const row = this.#rowOf(event);
        if (row !== this.hover) {
            this.hover = row;
            this.draw();
        }
    }

    #jump(event) {
        const box = this.overview.getBoundingClientRect();
        const middle = ((event.clientY - box.top) / box.height) * this.geometry.fullHeight;
        this.scroller.scrollTop = this.geometry.scrollTop(middle - this.height / 2);
        event.preventDefault();
    }
}
