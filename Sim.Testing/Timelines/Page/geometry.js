// Where lanes and rows are, in pixels of the scrolled space.

// How high a row is at each zoom; below the height of a line of text only the picture is left.
const RowHeights = [2, 4, 8, 13, 20, 26, 34];
const UsualZoom = 5;
const LeastWithText = 18;

// Browsers stop at some ten million pixels: beyond that, scrolling skips rows.
const TallestSpace = 8e6;

const NarrowestLane = 24;
const WidestLane = 160;
const LoopLane = 44;

// Names that do not fit stand upright in lanes narrower than this, and are cut in wider ones.
const UprightBelow = 96;

// Room for text beside the last lanes: at most so much, and so large a part of what there is.
const TextRoom = 300;
const TextShare = 0.42;

class Geometry {
    constructor(run, places, hidden, width, viewHeight, rowHeight) {
        const longestTime = run.times.reduce((longest, time) => Math.max(longest, time.length), 4);
        const digits = String(run.count > 0 ? run.steps.number[run.count - 1] : 0).length;
        Object.assign(this, { rowHeight, viewHeight, rows: places.length, hasText: rowHeight >= LeastWithText });
        this.numberWidth = digits * 7 + 4;
        this.gutter = 14 + this.numberWidth + 10 + longestTime * 7 + 8;
        this.columns = new Int32Array(run.lanes.length).fill(-1);
        this.shown = run.lanes.filter(lane => !hidden.has(lane.name));
        this.shown.forEach((lane, column) => {
            this.columns[lane.number] = column;
        });
        const tasks = this.shown.filter(lane => !lane.isLoop).length;
        const loop = tasks < this.shown.length ? LoopLane : 0;
        const free = Math.max(0, width - this.gutter - loop - 8);
        const textRoom = Math.min(TextRoom, free * TextShare);
        this.laneWidth = Math.min(WidestLane, Math.max(NarrowestLane, (free - textRoom) / Math.max(1, tasks)));
        this.width = Math.max(width, Math.ceil(this.gutter + tasks * this.laneWidth + loop + textRoom));
        this.viewWidth = width;
        this.longestName = this.shown.reduce((longest, lane) => Math.max(longest, lane.name.length), 4);
        this.upright = this.laneWidth < Math.min(UprightBelow, this.longestName * 8 + 4);
        this.fullHeight = this.rows * rowHeight + 8;
        this.height = Math.min(this.fullHeight, TallestSpace);
    }

    // The line of a lane; below a name that is not upright it stands at the left.
    x(laneNumber) {
        const inset = this.upright ? this.laneWidth / 2 : 16;
        return this.gutter + this.columns[laneNumber] * this.laneWidth + inset;
    }

    // From where the space is scrolled to, to how far down the rows that is, and back.
    offset(scrollTop) {
        return this.height === this.fullHeight
            ? scrollTop
            : (scrollTop * (this.fullHeight - this.viewHeight)) / Math.max(1, this.height - this.viewHeight);
    }

    scrollTop(offset) {
        return this.height === this.fullHeight
            ? offset
            : (offset * (this.height - this.viewHeight)) / Math.max(1, this.fullHeight - this.viewHeight);
    }

    rowAt(offset) {
        return Math.max(0, Math.min(this.rows - 1, Math.floor(offset / this.rowHeight)));
    }
}
