// The head of the page: what became of the run, why, which decisions it took, and the line that makes it again.

function showSummary(app) {
    const run = app.panels[0].run,
        failure = run.failure;
    const body = element(
        "div",
        { class: "body", id: "summary" },
        element(
            "div",
            {},
            failure ? element("p", { class: "message" }, failure.message) : null,
            app.why ? element("p", { class: "why" }, app.why) : null,
            ...decisionList(app, run),
        ),
        element("div", {}, ...replayLines(run)),
    );
    const toggle = element(
        "button",
        { type: "button", "aria-expanded": "true", "aria-controls": "summary", onclick: () => app.toggleSummary() },
        "Summary",
    );
    app.toggleSummary = () => {
        if (toggle.disabled) return;
        body.hidden = !body.hidden;
        toggle.setAttribute("aria-expanded", String(!body.hidden));
        app.layOut();
    };
    // A run that holds and belongs to no scenario has nothing to tell but its name.
    toggle.disabled = body.hidden = body.innerText.trim() === "";
    const outcome = failure ? "fails" : "holds";
    $("head").append(
        element(
            "div",
            { class: "head-line" },
            element("span", { class: `badge ${outcome}` }, outcome),
            element("h1", {}, app.title),
            element(
                "span",
                { class: "facts" },
                [
                    failure ? `at ${failure.time} in task ${failure.task}` : `after ${run.length}`,
                    plural(run.taken, "step"),
                    plural(run.events.kind.length + run.taken, "event"),
                    `trace ${run.hash}`,
                ].join(" · "),
            ),
            element("span", { class: "tools" }, toggle, ...settingButtons(app)),
        ),
        body,
    );
}

function decisionList(app, run) {
    if (run.decisions.length === 0) {
        const isSaid = app.why.startsWith("It is not the order");
        return run.failure && !isSaid ? [element("p", {}, "No special schedule is needed: it fails first in, first out.")] : [];
    }
    const items = run.decisions.flatMap(place =>
        run.remarks.get(place).decisions.map(sentence =>
            element(
                "li",
                {},
                element(
                    "button",
                    {
                        type: "button",
                        class: "link",
                        onclick: () => app.choose(app.panels[0], place, { centre: true, focus: true }),
                    },
                    sentence,
                ),
            ),
        ),
    );
    return [
        element("h2", {}, `${plural(items.length, "decision")} other than first in, first out`),
        element("ol", { class: "decisions" }, ...items.slice(0, MostLinks)),
        items.length > MostLinks ? element("p", {}, `and ${items.length - MostLinks} more`) : null,
    ];
}

function replayLines(run) {
    if (run.replay.length === 0) return [];
    return [
        element("h2", {}, "Replay it"),
        ...run.replay.map(command => {
            const button = element(
                "button",
                {
                    type: "button",
                    "aria-label": `Copy the command: ${command}`,
                    onclick: () => copy(command, button),
                },
                "Copy",
            );
            return element("div", { class: "command" }, element("code", { tabindex: "0" }, command), button);
        }),
    ];
}

// Pages from the file system may not have the newer interface of the clipboard.
async function copy(text, button) {
    let done = false;
    try {
        await navigator.clipboard.writeText(text);
        done = true;
    } catch {
        const field = element("textarea", { class: "visually-hidden" });
        field.value = text;
        document.body.append(field);
        field.select();
        done = document.execCommand("copy");
        field.remove();
        button.focus();
    }
    button.textContent = done ? "Copied" : "Not copied";
    announce(done ? "The command is copied." : "The browser does not allow copying: choose the text by hand.");
    setTimeout(() => {
        button.textContent = "Copy";
    }, 1500);
}
