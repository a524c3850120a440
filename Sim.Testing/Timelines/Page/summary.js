// The head of the page: what became of the run, why, which decisions it took, and the line that makes it again. It tells what
// the failure text tells: of the run that was asked about, also where one near it is shown.

const NearWords =
    "Below stands a run near it that fails too, with decisions and a replay of its own: up to the steps that decide it is " +
    "the same as one that holds.";

function showSummary(app) {
    const run = app.explained ?? app.panels[0].run,
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
            app.explained ? element("p", { class: "near" }, NearWords) : null,
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
                    plural(run.told, "event"),
                    `trace ${run.hash}`,
                ].join(" · "),
            ),
            element("span", { class: "tools" }, toggle, ...settingButtons(app)),
        ),
        body,
    );
}

function decisionList(app, run) {
    if (run.sentences.length === 0) {
        const isSaid = app.why.startsWith("It is not the order");
        return run.failure && !isSaid ? [element("p", {}, "No special schedule is needed: it fails first in, first out.")] : [];
    }
    const items =
        run === app.explained
            ? run.sentences.map(sentence => element("li", {}, sentence))
            : decisionLinks(app, run);
    return [
        element("h2", {}, `${plural(items.length, "decision")} other than first in, first out`),
        element("ol", { class: "decisions" }, ...items.slice(0, MostLinks)),
        items.length > MostLinks ? element("p", {}, `and ${items.length - MostLinks} more`) : null,
    ];
}

function decisionLinks(app, run) {
    return run.decisions.flatMap(place =>
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
}

function replayLines(run) {
    if (run.replay.length === 0) return [];
    return [
        element("h2", {}, "Replay it"),
        ...run.replay.map(command =>
            element("div", { class: "command" }, element("code", { tabindex: "0" }, command), copyButton("Copy", command)),
        ),
    ];
}

function copyButton(words, command) {
    const button = element(
        "button",
        {
            type: "button",
            title: command,
            "aria-label": `${words}: ${command}`,
            onclick: () => copy(command, button, words),
        },
        words,
    );
    return button;
}

// Pages from the file system may not have the newer interface of the clipboard.
async function copy(text, button, words) {
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
        button.textContent = words;
    }, 1500);
}
