// All about the chosen step: where it comes from, what happens in it, where it leads.

const MostLinks = 60;

function showDetails(app, panel) {
    const pane = $("details");
    const { run, chosen: place } = panel;
    if (place < 0) {
        pane.replaceChildren(
            element(
                "p",
                { class: "empty" },
                "Choose a step: click it, or move with the arrow keys. Press ? for all keys.",
            ),
        );
        return;
    }
    const remark = run.remarks.get(place) ?? { decides: false, decisions: [], sites: [], accesses: [] };
    const lane = run.laneOf(place);
    const owner = element("span", { class: "lane" }, run.ownerOf(place));
    owner.style.color = colourOf(lane);
    const link = to =>
        element(
            "button",
            { type: "button", class: "link", onclick: () => app.choose(panel, to, { centre: true }) },
            `${stepWords(run, to)}: ${titleOf(run, to)}`,
        );
    const section = (title, ...content) => (content.length === 0 ? [] : [element("h3", {}, title), ...content]);
    const woken = [...run.wokenBy(place)];
    const number = run.steps.number[place];
    pane.replaceChildren(
        element(
            "h2",
            {},
            number === 0 ? "Before the first step" : `Step ${number}`,
            owner,
            element("span", { class: "time" }, `at ${run.timeOf(place)}`),
        ),
        element("p", {}, run.textOf(place)),
        ...(remark.decides ? [element("p", { class: "callout decides" }, app.why || "The order here decides.")] : []),
        ...remark.decisions.map(sentence => element("p", { class: "callout" }, sentence)),
        ...(place === run.failurePlace && run.failure
            ? [element("p", { class: "callout fails" }, run.failure.message)]
            : []),
        ...section("Awaits in", ...remark.sites.map(site => element("p", { class: "mono" }, site))),
        ...section("Touches", ...remark.accesses.map(access => element("p", {}, access))),
        ...section("What happens", ...[...run.eventsOf(place)].map(event => eventLine(event, run.steps.lane[place]))),
        ...section("Comes from", ...(run.causePlace[place] >= 0 ? [link(run.causePlace[place])] : [])),
        ...section(
            "Makes ready",
            ...(woken.length
                ? [element("ul", {}, ...woken.slice(0, MostLinks).map(to => element("li", {}, link(to))))]
                : []),
            ...(woken.length > MostLinks
                ? [element("p", { class: "empty" }, `and ${woken.length - MostLinks} more`)]
                : []),
        ),
        ...section("In the other run", ...twinLinks(app, panel, place)),
    );
    pane.scrollTop = 0;
}

function eventLine(event, lane) {
    const text = event.lane === lane ? event.text : `${event.owner}: ${event.text}`;
    return element(
        "div",
        { class: `event ${styleOf(event)}` },
        element("span", { class: "kind" }, KindName[event.kind]),
        element("span", { class: "what" }, text),
    );
}

// The same step of the same task in the run beside it.
function twinLinks(app, panel, place) {
    const links = [];
    for (const other of app.panels) {
        const twin = other === panel ? -1 : other.run.find(panel.run.ownerOf(place), panel.run.steps.key[place]);
        if (twin >= 0) {
            links.push(
                element(
                    "button",
                    {
                        type: "button",
                        class: "link",
                        onclick: () => app.choose(other, twin, { centre: true, focus: true }),
                    },
                    `${stepWords(other.run, twin)}, where it ${other.outcome}: ${titleOf(other.run, twin)}`,
                ),
            );
        }
    }
    return links;
}
