// A run as lists: a value for each step or event, by its place. Places count from 0, numbers of steps as in the trace.

const Phase = { outside: 0, begins: 1, goesOn: 2, runs: 3 };
const Kind = { step: 0, create: 1, wait: 2, cancel: 3, end: 4, note: 5, draw: 6, error: 7, failure: 8 };

class Run {
    constructor(data) {
        Object.assign(this, {
            strategy: data.strategy,
            hash: data.hash,
            length: data.length,
            failure: data.failure ?? null,
            replay: data.replay,
            times: data.times,
            texts: data.texts,
            steps: data.steps,
            events: data.events,
        });
        this.count = data.steps.number.length;
        this.lanes = data.lanes.map(([name, kind], number) => ({ name, number, isLoop: kind === 1, steps: [] }));
        this.remarks = new Map(
            data.remarks.map(([place, decides, decisions, sites, accesses]) => [
                place,
                {
                    decides: decides === 1,
                    decisions: decisions.map(this.#text),
                    sites: sites.map(this.#text),
                    accesses: accesses.map(this.#text),
                },
            ]),
        );
        this.decisions = [...this.remarks]
            .filter(([, remark]) => remark.decisions.length > 0)
            .map(([place]) => place);
        this.sentences = this.decisions.flatMap(place => this.remarks.get(place).decisions);
        this.deciding = [...this.remarks].filter(([, remark]) => remark.decides).map(([place]) => place);
        this.#index();
    }

    #text = number => this.texts[number];

    // Where each step's events begin, which steps it made ready, what stands in each lane, and where it fails.
    #index() {
        const { number, lane, cause, events } = this.steps;
        this.firstEvent = new Int32Array(this.count + 1);
        this.placeByNumber = new Map();
        for (let place = 0; place < this.count; place++) {
            this.firstEvent[place + 1] = this.firstEvent[place] + events[place];
            if (!this.placeByNumber.has(number[place])) this.placeByNumber.set(number[place], place);
            this.lanes[lane[place]].steps.push(place);
        }
        this.causePlace = new Int32Array(this.count).fill(-1);
        const sizes = new Int32Array(this.count + 1);
        for (let place = 0; place < this.count; place++) {
            const from = cause[place] > 0 ? (this.placeByNumber.get(cause[place]) ?? -1) : -1;
            this.causePlace[place] = from;
            if (from >= 0) sizes[from + 1]++;
        }
        for (let place = 0; place < this.count; place++) sizes[place + 1] += sizes[place];
        this.firstWoken = sizes.slice();
        this.woken = new Int32Array(sizes[this.count]);
        const next = sizes.slice();
        for (let place = 0; place < this.count; place++) {
            if (this.causePlace[place] >= 0) this.woken[next[this.causePlace[place]]++] = place;
        }
        // What happens before the first step has a row, but is no step.
        this.taken = this.count - this.steps.phase.filter(phase => phase === Phase.outside).length;
        this.told = this.events.kind.length + this.taken;
        this.failurePlace = -1;
        for (let place = this.count - 1; place >= 0 && this.failurePlace < 0; place--) {
            for (const event of this.eventsOf(place)) if (event.kind === Kind.failure) this.failurePlace = place;
        }
    }

    laneOf(place) {
        return this.lanes[this.steps.lane[place]];
    }
    timeOf(place) {
        return this.times[this.steps.time[place]];
    }
    ownerOf(place) {
        return this.texts[this.steps.owner[place]];
    }
    textOf(place) {
        return this.texts[this.steps.text[place]];
    }

    *eventsOf(place) {
        for (let at = this.firstEvent[place]; at < this.firstEvent[place + 1]; at++) {
            yield {
                kind: this.events.kind[at],
                lane: this.events.lane[at],
                owner: this.texts[this.events.owner[at]],
                text: this.texts[this.events.text[at]],
            };
        }
    }

    wokenBy(place) {
        return this.woken.subarray(this.firstWoken[place], this.firstWoken[place + 1]);
    }

    // The same step of the same task in this run, whatever its place: its name is its owner's and its number there.
    find(owner, key) {
        if (!this.places) {
            this.places = new Map();
            for (let place = 0; place < this.count; place++)
                this.places.set(`${this.steps.key[place]} ${this.ownerOf(place)}`, place);
        }
        return this.places.get(`${key} ${owner}`) ?? -1;
    }
}

// The first index whose value is not less; sorted lists are searched everywhere here.
function lowerBound(sorted, value) {
    let low = 0,
        high = sorted.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (sorted[middle] < value) low = middle + 1;
        else high = middle;
    }
    return low;
}
