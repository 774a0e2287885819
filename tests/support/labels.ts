// Which words end up where a platform cuts: read from the program itself with the compiler, so that no label is missed
// because no test happened to draw it.
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

/** The tightest limit of Slack and Discord for each place, in UTF-16 units (adapters/slack and discord, limits.ts). */
export const most = {
  form: 24,
  menu: 24,
  field: 45,
  button: 75,
  choice: 75,
  about: 100,
  hint: 100,
  select: 150,
} as const;
export type Part = keyof typeof most;

/** A word key where it is drawn. */
export interface Drawn {
  readonly part: Part;
  readonly key: string;
  /** `src/features/pulse/forms.ts:35`. */
  readonly at: string;
  /** The folder of its words. */
  readonly words: string;
}

interface Scan {
  readonly drawn: readonly Drawn[];
  /** Places whose keys the types do not tell. */
  readonly untold: readonly string[];
}

/** Type unions longer than this are a whole catalog: the key is then a parameter, told by its callers. */
const wholeCatalog = 20;

/** @param root the folder of the repository */
export function labelsIn(root: string): Scan {
  const program = programOf(root);
  const checker = program.getTypeChecker();
  const own = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(`${root}/src/features/`) && !fileName.includes('/words/'));
  const calls = callsIn(own, checker);
  const drawn: Drawn[] = [];
  const untold: string[] = [];
  for (const file of own) {
    const path = relative(root, file.fileName);
    visit(file, (node) => {
      for (const [part, expression] of placesOf(node)) {
        const at = `${path}:${file.getLineAndCharacterOfPosition(expression.getStart()).line + 1}`;
        const keys = keysIn(expression, { checker, calls, isKey: part === 'about' || part === 'menu' });
        if (keys === undefined) untold.push(at);
        else drawn.push(...[...keys].map((key) => ({ part, key, at, words: wordsFor(root, path) })));
      }
    });
  }
  return { drawn, untold };
}

function programOf(root: string): ts.Program {
  const { config } = ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.createProgram([`${root}/src/features/index.ts`], options);
}

const visit = (node: ts.Node, seen: (node: ts.Node) => void): void => {
  seen(node);
  node.forEachChild((child) => visit(child, seen));
};

/** The nearest folder of words above a file. */
function wordsFor(root: string, path: string): string {
  const folder = dirname(path);
  return existsSync(join(root, folder, 'words')) ? `${folder}/words` : wordsFor(root, folder);
}

function property(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const found = object.properties.find((one) => one.name && ts.isIdentifier(one.name) && one.name.text === name);
  if (found && ts.isPropertyAssignment(found)) return found.initializer;
  return found && ts.isShorthandPropertyAssignment(found) ? found.name : undefined;
}

/** What a node draws in a place that is limited. */
function placesOf(node: ts.Node): readonly (readonly [Part, ts.Expression])[] {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'button') {
    const [label] = node.arguments;
    return label ? [['button', label]] : [];
  }
  if (!ts.isObjectLiteralExpression(node)) return [];
  const found = (part: Part, name: string): readonly (readonly [Part, ts.Expression])[] => {
    const value = property(node, name);
    return value ? [[part, value]] : [];
  };
  const kind = property(node, 'kind');
  const isSelect = kind !== undefined && ts.isStringLiteral(kind) && kind.text === 'select';
  const isChoice = kind === undefined && node.properties.some(({ name }) => name?.getText() === 'value');
  return [
    ...(property(node, 'fields') ? found('form', 'title') : []),
    ...found('form', 'submit'),
    ...found(isSelect ? 'select' : isChoice ? 'choice' : 'field', 'label'),
    ...(kind ? found('hint', 'hint') : []),
    ...found('about', 'about'),
    ...found('menu', 'menu'),
  ];
}

/** Every call of a function, by the function's declaration. */
function callsIn(files: readonly ts.SourceFile[], checker: ts.TypeChecker): Map<ts.Node, ts.CallExpression[]> {
  const calls = new Map<ts.Node, ts.CallExpression[]>();
  for (const file of files)
    visit(file, (node) => {
      const called = ts.isCallExpression(node) ? checker.getResolvedSignature(node)?.declaration : undefined;
      if (called) calls.set(called, [...(calls.get(called) ?? []), node as ts.CallExpression]);
    });
  return calls;
}

interface Reader {
  readonly checker: ts.TypeChecker;
  readonly calls: ReadonlyMap<ts.Node, readonly ts.CallExpression[]>;
  /** Whether the expression is a word key itself, not the text made of one. */
  readonly isKey: boolean;
}

/** @returns undefined when the types do not tell; nothing when the text comes from elsewhere than the words */
function keysIn(expression: ts.Expression, reader: Reader): ReadonlySet<string> | undefined {
  if (reader.isKey) return keysOf(expression, reader);
  const found = new Set<string>();
  const seen = new Set<ts.Node>();
  let isTold = true;
  const read = (node: ts.Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    // A property of something is what that something holds, not what it is drawn with.
    if (ts.isPropertyAccessExpression(node)) return;
    if (ts.isIdentifier(node)) for (const source of sourcesOf(node, reader)) read(source);
    if (!ts.isCallExpression(node)) {
      node.forEachChild(read);
      return;
    }
    const [key] = node.arguments;
    if (key && /(^|\.)label$/.test(node.expression.getText())) {
      const keys = keysOf(key, reader);
      if (keys) for (const one of keys) found.add(one);
      else isTold = false;
    } else read(bodyOf(node, reader.checker) ?? node.expression);
  };
  read(expression);
  return isTold ? found : undefined;
}

/** What a function of the features does that makes the text. */
function bodyOf(call: ts.CallExpression, checker: ts.TypeChecker): ts.Node | undefined {
  const declared = checker.getResolvedSignature(call)?.declaration;
  if (!declared || !/\/src\/features\//.test(declared.getSourceFile().fileName)) return undefined;
  return ts.isArrowFunction(declared) || ts.isFunctionDeclaration(declared) ? declared.body : undefined;
}

/** The keys that an expression can be, by its type; a parameter is whatever its callers give. */
function keysOf(expression: ts.Expression, reader: Reader): ReadonlySet<string> | undefined {
  const type = reader.checker.getTypeAtLocation(expression);
  const all = type.isUnion() ? type.types : [type];
  // A schema, a record: not a word.
  if (!all.some(({ flags }) => flags & ts.TypeFlags.StringLike)) return new Set();
  const literals = all.flatMap((one) => (one.isStringLiteral() ? [one.value] : []));
  const isAll = all.every((one) => one.isStringLiteral() || (one.flags & ts.TypeFlags.Undefined) !== 0);
  if (isAll && literals.length <= wholeCatalog) return new Set(literals);
  const sources = ts.isIdentifier(expression) ? sourcesOf(expression, reader) : [];
  const told = sources.map((source) => keysOf(source, reader));
  if (told.length === 0 || told.includes(undefined)) return undefined;
  return new Set(told.flatMap((keys) => [...(keys ?? [])]));
}

/** Where the value of a name comes from: its initializer, or what callers give for the parameter. */
function sourcesOf(name: ts.Identifier, { checker, calls }: Reader): readonly ts.Expression[] {
  const symbol = ts.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name);
  const declared = symbol?.valueDeclaration;
  if (declared === undefined || !/\/src\/features\//.test(declared.getSourceFile().fileName)) return [];
  if (ts.isVariableDeclaration(declared)) {
    const { initializer } = declared;
    return initializer && !ts.isArrowFunction(initializer) ? [initializer] : [];
  }
  if (!ts.isParameter(declared)) return [];
  const at = declared.parent.parameters.indexOf(declared);
  return (calls.get(declared.parent) ?? []).flatMap((call) => call.arguments[at] ?? []);
}
