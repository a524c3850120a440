// The search: a field, how many steps it finds in the run that is worked with, and the way from one to the next.

function searchGroup(app) {
    const field = element("input", {
        type: "search",
        id: "search",
        placeholder: "Search: text, task, #step",
        "aria-label": "Search the steps",
        "aria-describedby": "count",
        spellcheck: "false",
        oninput: () => search(),
        onkeydown: event => {
            if (event.key === "Enter") {
                go(event.shiftKey ? -1 : 1);
                event.preventDefault();
            }
            if (event.key === "Escape") {
                field.value = "";
                search();
                app.active.scroller.focus();
                event.preventDefault();
            }
        },
    });
    const count = element("span", { class: "count", id: "count", role: "status" });
    const back = element(
        "button",
        { type: "button", id: "previous", "aria-label": "Previous match", onclick: () => go(-1) },
        "↑",
    );
    const on = element(
        "button",
        { type: "button", id: "next", "aria-label": "Next match", onclick: () => go(1) },
        "↓",
    );

    function search() {
        app.panels.forEach(panel => panel.find(field.value));
        say();
    }

    function say() {
        const { matches, chosen } = app.active;
        back.disabled = on.disabled = matches.size === 0;
        if (field.value.trim() === "") {
            count.textContent = "";
            return;
        }
        const at = matches.has(chosen) ? [...matches].indexOf(chosen) + 1 : 0;
        count.textContent =
            matches.size === 0
                ? "no match"
                : at > 0
                  ? `${at.toLocaleString("en")} of ${matches.size.toLocaleString("en")}`
                  : plural(matches.size, "step");
    }

    // From the chosen step to the match before or after it, and around at the ends.
    function go(direction) {
        const matches = [...app.active.matches];
        if (matches.length === 0) return;
        const after = lowerBound(matches, app.active.chosen + (direction > 0 ? 1 : 0));
        const index = direction > 0 ? after % matches.length : (after - 1 + matches.length) % matches.length;
        app.choose(app.active, matches[index], { centre: true });
        announce(sentenceOf(app.active.run, matches[index]));
    }

    app.search = {
        focus: () => {
            field.focus();
            field.select();
        },
        next: () => go(1),
        previous: () => go(-1),
        again: search,
        say,
    };
    say();
    return element("div", { class: "group", role: "search" }, field, back, on, count);
}
