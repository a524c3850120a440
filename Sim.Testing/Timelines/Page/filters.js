// What is shown: lanes, and kinds of things.

const MostLanesListed = 400;

function filterButtons(app) {
    return element(
        "div",
        { class: "group", role: "group", "aria-label": "Filter" },
        lanesButton(app),
        kindsButton(app),
    );
}

function kindsButton(app) {
    const boxes = Choices.map(choice => {
        const box = element("input", {
            type: "checkbox",
            id: `kind-${choice.id}`,
            onchange: () => {
                if (box.checked) app.filter.kinds.add(choice.id);
                else app.filter.kinds.delete(choice.id);
                app.refilter();
            },
        });
        return element("label", {}, box, choice.label);
    });
    const clear = element(
        "button",
        {
            type: "button",
            id: "kinds-clear",
            onclick: () => {
                app.filter.kinds.clear();
                boxes.forEach(label => {
                    label.firstChild.checked = false;
                });
                app.refilter();
            },
        },
        "Show everything",
    );
    const popup = element(
        "div",
        { class: "popup", id: "kinds", popover: "auto" },
        element(
            "fieldset",
            {},
            element("legend", {}, "Show only steps with"),
            ...boxes,
            element("div", { class: "buttons" }, clear),
        ),
    );
    return popupButton(app, popup, () =>
        app.filter.kinds.size === 0
            ? "Show: all"
            : `Show: ${
                  app.filter.kinds.size === 1
                      ? Choices.find(choice => app.filter.kinds.has(choice.id)).label.toLowerCase()
                      : `${app.filter.kinds.size} kinds`
              }`,
    );
}

// The lanes of all runs, by name; where there are many, a search narrows the list.
function lanesButton(app) {
    const lanes = new Map();
    app.panels.forEach(panel =>
        panel.run.lanes.forEach(lane => {
            if (!lanes.has(lane.name)) lanes.set(lane.name, lane);
        }),
    );
    const all = [...lanes.values()].sort((one, other) => one.isLoop - other.isLoop);
    const list = element("div", {});
    const find = element("input", {
        type: "search",
        placeholder: "Name of a lane",
        "aria-label": "Find a lane",
        oninput: () => fill(),
    });
    const setAll = hidden => {
        matching().forEach(lane => (hidden ? app.filter.hidden.add(lane.name) : app.filter.hidden.delete(lane.name)));
        fill();
        app.refilter();
    };
    const matching = () => all.filter(lane => lane.name.toLowerCase().includes(find.value.trim().toLowerCase()));
    const fill = () => {
        const found = matching();
        list.replaceChildren(
            ...found.slice(0, MostLanesListed).map(lane => laneBox(app, lane)),
            found.length > MostLanesListed
                ? element("p", {}, `and ${found.length - MostLanesListed} more: search by name`)
                : "",
        );
    };
    const popup = element(
        "div",
        { class: "popup", id: "lanes", popover: "auto" },
        element(
            "fieldset",
            {},
            element("legend", {}, "Lanes"),
            all.length > 12 ? find : null,
            element(
                "div",
                { class: "buttons" },
                element("button", { type: "button", id: "lanes-all", onclick: () => setAll(false) }, "All"),
                element("button", { type: "button", id: "lanes-none", onclick: () => setAll(true) }, "None"),
            ),
            list,
        ),
    );
    fill();
    popup.addEventListener("toggle", fill);
    return popupButton(app, popup, () => {
        const shown = all.filter(lane => !app.filter.hidden.has(lane.name)).length;
        return shown === all.length ? "Lanes: all" : `Lanes: ${shown} of ${all.length}`;
    });
}

function laneBox(app, lane) {
    const box = element("input", {
        type: "checkbox",
        "data-lane": lane.name,
        onchange: () => {
            if (box.checked) app.filter.hidden.delete(lane.name);
            else app.filter.hidden.add(lane.name);
            app.refilter();
        },
    });
    box.checked = !app.filter.hidden.has(lane.name);
    const dot = element("span", { class: "dot" });
    dot.style.background = colourOf(lane);
    return element(
        "label",
        {},
        box,
        dot,
        lane.isLoop ? "loop (callbacks)" : lane.name,
        element("span", { class: "number" }, plural(lane.steps.length, "step")),
    );
}

// A button that says what is chosen and opens the choice below itself.
function popupButton(app, popup, words) {
    const button = element("button", { type: "button", popovertarget: popup.id, "aria-haspopup": "true" });
    const say = () => {
        button.textContent = `${words()} ▾`;
        button.classList.toggle("on", !words().endsWith("all"));
    };
    popup.addEventListener("beforetoggle", () => {
        const box = button.getBoundingClientRect();
        popup.style.top = `${box.bottom + 4}px`;
        popup.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - 340))}px`;
    });
    app.onFilter.push(say);
    say();
    return element("span", {}, button, popup);
}
