// Chart -> Picture: what goes where. Pure; laid out from the left, and mirrored at the end for Arabic.
import { type Bar, type Chart, mostBars } from '../core/chart.js';
import { isRightToLeft } from '../core/locale.js';
import { type Paragraph, placed, type Style, setter } from './paragraph.js';
import { type Box, colours, type Line, type Measure, mirrored, type Picture } from './picture.js';

const width = 1200;
const leastHeight = 675;
const margin = 64;
const room = width - 2 * margin;

/** The first size in which a title takes few lines enough, or else the smallest. */
const titleSizes = [
  { size: 44, lines: 2 },
  { size: 38, lines: 3 },
  { size: 32, lines: 4 },
];
const smallestTitle = 28;

const styles = {
  title: { weight: 700, colour: colours.ink, room, most: 16 },
  subtitle: { size: 26, weight: 400, colour: colours.quiet, room, most: 6 },
  label: { size: 26, weight: 400, colour: colours.ink, room, most: 8 },
  shown: { size: 26, weight: 700, colour: colours.ink, room: 480, most: 1 },
  note: { size: 22, weight: 400, colour: colours.quiet, room, most: 6 },
} as const satisfies Record<string, Partial<Style>>;

const band = 12;
/** Free above the heading and below the notes. */
const edge = 48;
const tick = 3;
/** What stands above zero can be seen. */
const leastBar = 4;
const gap = { title: 10, rows: 28, label: 9, shown: 14, foot: 18 };
/** How high a bar and the gap between two rows are: they take up what is left of the least height. */
const barHeight = { least: 36, most: 60 };
const rowGap = { least: 18, most: 44 };

interface Row {
  readonly label: Paragraph;
  readonly shown: Paragraph;
  /** Of the greatest value, from 0 to 1. */
  readonly share: number;
}

interface Parts {
  readonly heading: readonly Paragraph[];
  readonly rows: readonly Row[];
  readonly notes: readonly Paragraph[];
  /** Of the longest bar, in points. */
  readonly longest: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const clamped = (least: number, value: number, most: number): number => Math.min(most, Math.max(least, value));

/**
 * Places a chart on a picture of 1200 x 675 points, or as high as its texts need.
 * @throws RangeError for more than {@link mostBars} bars, or a value that is not finite or below zero
 */
export function pictureOf(chart: Chart, measure: Measure): Picture {
  const { bars, locale, notes } = chart;
  if (bars.length > mostBars) throw new RangeError(`more than ${mostBars} bars`);
  if (bars.some(({ value }) => !(Number.isFinite(value) && value >= 0))) throw new RangeError('a value without length');
  const set = setter(locale, measure);
  const rows = rowsOf(bars, set);
  const widths = rows.flatMap(({ shown }) => shown.lines.map((line) => measure(line, shown)));
  const picture = composed({
    heading: headingOf(chart, set),
    rows,
    notes: notes.map((note) => set(note, styles.note)),
    longest: room - tick - gap.shown - Math.ceil(Math.max(0, ...widths)),
  });
  return isRightToLeft(locale) ? mirrored(picture) : picture;
}

type Set = ReturnType<typeof setter>;

function headingOf({ title, subtitle }: Chart, set: Set): readonly Paragraph[] {
  const styled = (size: number, width = room): Style => ({ ...styles.title, size, room: width });
  const size = titleSizes.find((one) => set(title, styled(one.size)).lines.length <= one.lines)?.size ?? smallestTitle;
  const linesIn = (width: number): number => set(title, styled(size, width)).lines.length;
  const balanced = set(title, styled(size, balancedRoom(linesIn)));
  return subtitle ? [balanced, set(subtitle, styles.subtitle)] : [balanced];
}

/** The narrowest room in which a title takes no more lines than in all of it: so its last word is not left alone. */
function balancedRoom(linesIn: (width: number) => number): number {
  const count = linesIn(room);
  if (count === 1 || count === styles.title.most) return room;
  let [tooNarrow, enough] = [room / 2, room];
  while (enough - tooNarrow > 8) {
    const tried = (tooNarrow + enough) / 2;
    if (linesIn(tried) > count) tooNarrow = tried;
    else enough = tried;
  }
  return enough;
}

function rowsOf(bars: readonly Bar[], set: Set): readonly Row[] {
  const greatest = Math.max(0, ...bars.map(({ value }) => value));
  return bars.map(({ label, value, shown }) => ({
    label: set(label, styles.label),
    shown: set(shown, styles.shown),
    share: greatest === 0 ? 0 : value / greatest,
  }));
}

/** From top to bottom: band, heading, rows, rule, notes; the rows in the middle of what is left to them. */
function composed({ heading, rows, notes, longest }: Parts): Picture {
  const head = band + edge + heightOf(heading, gap.title) + gap.rows;
  const foot = gap.rows + gap.foot + heightOf(notes, 0) + edge;
  const spread = spreadOf(rows, leastHeight - head - foot);
  const height = Math.max(leastHeight, head + spread.height + foot);
  const top = head + Math.floor((height - head - foot - spread.height) / 2);
  const drawn = rows.map((row, at) => drawnRow(row, top + (spread.offsets[at] ?? 0), spread.bar, longest));
  const rule = height - foot + gap.rows;
  return {
    width,
    height,
    boxes: [
      { part: 'band', x: 0, y: 0, width, height: band, colour: colours.bar },
      ...drawn.flatMap(({ boxes }) => boxes),
      { part: 'rule', x: margin, y: rule, width: room, height: 2, colour: colours.rule },
    ],
    lines: [
      ...stacked(heading, band + edge, gap.title),
      ...drawn.flatMap(({ lines }) => lines),
      ...stacked(notes, rule + gap.foot, 0),
    ],
  };
}

const heightOf = (paragraphs: readonly Paragraph[], between: number): number =>
  sum(paragraphs.map(({ height }) => height)) + between * Math.max(0, paragraphs.length - 1);

function stacked(paragraphs: readonly Paragraph[], top: number, between: number): readonly Line[] {
  return paragraphs.flatMap((paragraph, at) =>
    placed(paragraph, margin, top + heightOf(paragraphs.slice(0, at), between) + (at === 0 ? 0 : between)),
  );
}

/** How high bars are and where rows begin, so that they fill a height if they can do so in good shape. */
function spreadOf(rows: readonly Row[], wanted: number) {
  const labels = rows.map(({ label }) => label.height + gap.label);
  const count = Math.max(1, rows.length);
  const free = wanted - sum(labels);
  const bar = clamped(barHeight.least, Math.floor(free / count) - rowGap.least, barHeight.most);
  const between = clamped(rowGap.least, Math.floor((free - bar * count) / Math.max(1, count - 1)), rowGap.most);
  const offsets = labels.map((_, at) => sum(labels.slice(0, at)) + at * (bar + between));
  return { bar, offsets, height: sum(labels) + bar * rows.length + between * (count - 1) };
}

function drawnRow({ label, shown, share }: Row, top: number, height: number, longest: number) {
  const y = top + label.height + gap.label;
  // Half a point is a pixel: edges stay sharp.
  const length = share === 0 ? 0 : Math.max(leastBar, Math.round(share * longest * 2) / 2);
  const beside = margin + tick + length + gap.shown;
  const boxes: readonly Box[] = [
    { part: 'tick', x: margin, y: y - 4, width: tick, height: height + 8, colour: colours.tick },
    { part: 'bar', x: margin + tick, y, width: length, height, colour: colours.bar },
  ];
  const lines = [...placed(label, margin, top), ...placed(shown, beside, y + Math.round((height - shown.height) / 2))];
  return { boxes, lines };
}
