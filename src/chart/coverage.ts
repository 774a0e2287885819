// Which characters a font has glyphs for, read from its file (W3C, WOFF File Format 2.0; OpenType, cmap).
import { brotliDecompressSync } from 'node:zlib';

/** Sizes in bytes. */
const headerSize = 48;
const fields = { tables: 12, compressedSize: 20 };

/** Names that the table directory gives as a number (4.1); those of other tables are spelled out in four bytes. */
const names = { cmap: 0, glyf: 10, loca: 11, spelled: 63 };

/**
 * @param font a WOFF2 file with one font in it
 * @returns its code points
 * @throws Error for another kind of file
 */
export function coverageOf(font: Buffer): ReadonlySet<number> {
  if (font.toString('latin1', 0, 4) !== 'wOF2') throw new Error('not a WOFF2 font');
  const { from, to, end } = cmapIn(font);
  const stream = font.subarray(end, end + font.readUInt32BE(fields.compressedSize));
  return pointsOf(brotliDecompressSync(stream).subarray(from, to));
}

/** Where the table is in the unpacked stream, and where the directory ends in the file. */
function cmapIn(font: Buffer): { readonly from: number; readonly to: number; readonly end: number } {
  let at = headerSize;
  /** UIntBase128: seven bits a byte, the first bit says whether another follows. */
  const number = (): number => {
    for (let value = 0; ; ) {
      const byte = font.readUInt8(at++);
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  };
  let place = 0;
  let found = { from: 0, to: 0 };
  for (let left = font.readUInt16BE(fields.tables); left > 0; left--) {
    const flags = font.readUInt8(at++);
    const [name, version] = [flags & 63, flags >> 6];
    if (name === names.spelled) at += 4;
    const length = number();
    // Outlines are transformed unless their version is 3, other tables unless it is 0; then a second length follows.
    const isTransformed = version !== (name === names.glyf || name === names.loca ? 3 : 0);
    const stored = isTransformed ? number() : length;
    if (name === names.cmap) found = { from: place, to: place + stored };
    place += stored;
  }
  return { ...found, end: at };
}

function pointsOf(cmap: Buffer): ReadonlySet<number> {
  const points = new Set<number>();
  for (let record = 0; record < cmap.readUInt16BE(2); record++) {
    const table = cmap.subarray(cmap.readUInt32BE(8 + record * 8));
    const format = table.readUInt16BE(0);
    if (format === 4) addSegments(table, points);
    if (format === 12) addGroups(table, points);
  }
  return points;
}

/** Format 4: segments of the first 65,536 code points, four columns of numbers below one another. */
function addSegments(table: Buffer, points: Set<number>): void {
  const column = table.readUInt16BE(6);
  for (let at = 14; at < 14 + column; at += 2) {
    const last = table.readUInt16BE(at);
    const first = table.readUInt16BE(at + column + 2);
    const delta = table.readUInt16BE(at + 2 * column + 2);
    const place = at + 3 * column + 2;
    const offset = table.readUInt16BE(place);
    for (let point = first; point <= last && point < 0xffff; point++) {
      const glyph = offset === 0 ? point + delta : table.readUInt16BE(place + offset + (point - first) * 2);
      if (glyph % 0x10000 !== 0) points.add(point);
    }
  }
}

/** Format 12: groups of any code points, three numbers each. */
function addGroups(table: Buffer, points: Set<number>): void {
  const count = table.readUInt32BE(12);
  for (let at = 16; at < 16 + count * 12; at += 12) {
    for (let point = table.readUInt32BE(at); point <= table.readUInt32BE(at + 4); point++) points.add(point);
  }
}
