// The page: its state, and what can be done with it.

const NarrowPage = 900;

class App {
    constructor(data) {
        Object.assign(this, {
            title: data.title,
            why: data.why,
            explained: data.explained ?? null,
            filter: { hidden: new Set(), kinds: new Set() },
            zoom: UsualZoom,
            onFilter: [],
            panels: [],
        });
        this.letters = remembered("letters", "on") === "on";
        this.panels = data.runs.map((run, number) => new Panel(this, new Run(run), number));
        this.active = this.panels[0];
        this.view = this.panels.length > 1 && window.innerWidth >= NarrowPage ? "both" : 0;
    }

    start() {
        setTheme(this, remembered("theme", "auto"));
        showSummary(this);
        $("panels").append(...this.panels.map(panel => panel.element));
        $("bar").append(
            ...[searchGroup(this), filterButtons(this), this.#zoomGroup(), this.#viewGroup()].filter(group => group),
        );
        showHelp(this);
        listen(this);
        this.setView(this.view);
        this.refilter();
        new ResizeObserver(() => this.layOut()).observe($("panels"));
        this.panels.slice(1).forEach(panel => this.#begin(panel));
        this.#begin(this.panels[0]);
        this.panels[0].scroller.focus({ preventScroll: true });
        document.documentElement.dataset.ready = "yes";
    }

    // Where one looks first: at what decides, else at the failure, else at the beginning.
    #begin(panel) {
        const { run } = panel;
        const place =
            run.deciding[0] ??
            (run.failurePlace >= 0
                ? run.failurePlace
                : Math.max(
                      0,
                      run.steps.phase.findIndex(phase => phase !== Phase.outside),
                  ));
        if (run.count > 0) this.choose(panel, place, { centre: place > 12 });
    }

    refilter() {
        this.panels.forEach(panel => panel.refilter(this.filter));
        this.search.again();
        this.onFilter.forEach(say => say());
        showDetails(this, this.active);
    }

    layOut() {
        this.panels.forEach(panel => panel.layOut());
    }

    redraw() {
        this.panels.forEach(panel => {
            if (panel.geometry) panel.draw();
        });
        if (this.search) {
            showDetails(this, this.active);
            this.onFilter.forEach(say => say());
        }
    }

    activate(panel) {
        if (this.active === panel) return;
        this.active = panel;
        this.panels.forEach(one => one.draw());
        this.search.say();
        showDetails(this, panel);
        this.#markTwins();
    }

    choose(panel, place, { centre = false, focus = false } = {}) {
        if (panel.places[lowerBound(panel.places, place)] !== place) {
            announce("That step is hidden by the filter.");
            return;
        }
        if (!panel.visible) this.setView(this.panels.indexOf(panel));
        if (this.active !== panel) this.active.draw();
        this.active = panel;
        panel.choose(place, { centre });
        this.#markTwins();
        showDetails(this, panel);
        this.search.say();
        if (focus) panel.scroller.focus({ preventScroll: true });
    }

    #markTwins() {
        const { run, chosen } = this.active;
        this.active.mark(-1);
        this.panels
            .filter(panel => panel !== this.active)
            .forEach(panel =>
                panel.mark(chosen < 0 ? -1 : panel.run.find(run.ownerOf(chosen), run.steps.key[chosen])),
            );
    }

    // Runs side by side show the same part, whichever is scrolled. A panel that stands where it was put has not been scrolled.
    scrolled(panel) {
        if (this.view !== "both" || Math.abs(panel.scroller.scrollTop - panel.putAt) < 1) return;
        panel.putAt = panel.scroller.scrollTop;
        for (const other of this.panels.filter(one => one !== panel)) {
            other.follow(panel);
            other.putAt = other.scroller.scrollTop;
        }
    }

    move(by) {
        const { places, chosen } = this.active;
        if (places.length === 0) return;
        const row = chosen < 0 ? 0 : lowerBound(places, chosen) + by;
        this.choose(this.active, places[Math.max(0, Math.min(places.length - 1, row))]);
    }

    screenful() {
        return Math.max(1, Math.floor(this.active.height / this.active.geometry.rowHeight) - 1);
    }

    toCause() {
        this.#to(this.active.run.causePlace[this.active.chosen] ?? -1, "No step has made this one ready.");
    }

    toWoken() {
        this.#to(this.active.run.wokenBy(this.active.chosen)[0] ?? -1, "This step makes no other ready.");
    }

    alongLane(by) {
        const { run, chosen } = this.active;
        const { steps } = run.laneOf(chosen);
        this.#to(steps[lowerBound(steps, chosen) + by] ?? -1, "No more steps in this lane.");
    }

    toDecision(direction) {
        const { run, chosen } = this.active,
            { decisions } = run;
        const after = lowerBound(decisions, chosen + (direction > 0 ? 1 : 0));
        this.#to(
            decisions[direction > 0 ? after : after - 1] ?? -1,
            "No further decision differs from first in, first out.",
        );
    }

    toDeciding() {
        const { deciding } = this.active.run;
        this.#to(
            deciding[(deciding.indexOf(this.active.chosen) + 1) % Math.max(1, deciding.length)] ?? -1,
            "No steps are known to decide.",
        );
    }

    toFailure() {
        this.#to(this.active.run.failurePlace, "This run holds.");
    }

    toOther() {
        const other = this.panels[(this.panels.indexOf(this.active) + 1) % this.panels.length];
        if (other === this.active) return;
        const { run, chosen } = this.active;
        const twin = chosen < 0 ? -1 : other.run.find(run.ownerOf(chosen), run.steps.key[chosen]);
        this.choose(other, twin >= 0 ? twin : Math.max(0, other.chosen), { focus: true });
        announce(`The run that ${other.outcome}.`);
    }

    #to(place, otherwise) {
        if (place >= 0) this.choose(this.active, place);
        else announce(otherwise);
    }

    setZoom(zoom) {
        this.zoom = Math.max(0, Math.min(RowHeights.length - 1, zoom));
        this.#sayZoom();
        this.layOut();
    }

    #zoomGroup() {
        const smaller = element(
            "button",
            {
                type: "button",
                id: "smaller",
                "aria-label": "Smaller rows",
                onclick: () => this.setZoom(this.zoom - 1),
            },
            "−",
        );
        const larger = element(
            "button",
            { type: "button", id: "larger", "aria-label": "Larger rows", onclick: () => this.setZoom(this.zoom + 1) },
            "+",
        );
        this.#sayZoom = () => {
            smaller.disabled = this.zoom === 0;
            larger.disabled = this.zoom === RowHeights.length - 1;
        };
        return element("div", { class: "group grow", role: "group", "aria-label": "Zoom" }, smaller, larger);
    }

    #sayZoom = () => {};

    #viewGroup() {
        if (this.panels.length < 2) return null;
        const views = [
            ["both", "Both"],
            ...this.panels.map((panel, number) => [number, panel.outcome === "fails" ? "Fails" : "Holds"]),
        ];
        this.viewButtons = views.map(([view, words]) =>
            element(
                "button",
                { type: "button", id: `view-${view}`, "aria-pressed": "false", onclick: () => this.setView(view) },
                words,
            ),
        );
        this.views = views.map(([view]) => view);
        return element("div", { class: "group", role: "group", "aria-label": "Runs shown" }, ...this.viewButtons);
    }

    nextView() {
        if (this.views) this.setView(this.views[(this.views.indexOf(this.view) + 1) % this.views.length]);
    }

    setView(view) {
        this.view = view;
        this.panels.forEach((panel, number) => {
            panel.element.hidden = view !== "both" && view !== number;
        });
        this.viewButtons?.forEach((button, index) =>
            button.setAttribute("aria-pressed", String(this.views[index] === view)),
        );
        if (!this.active.visible) {
            this.active = this.panels[view];
            this.active.scroller.focus({ preventScroll: true });
            showDetails(this, this.active);
            this.search.say();
        }
        this.layOut();
    }
}

new App(JSON.parse($("data").textContent)).start();
