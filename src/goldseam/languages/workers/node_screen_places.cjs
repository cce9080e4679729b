/*
 * Runs in a box, in the controller of a screening: the functions of a source that can be exchanged while the program
 * stays loaded. By Node's own parser; a source that it cannot read has none.
 */
'use strict';

const NEVER = /\bsuper\b|\bnew\s*\.\s*target\b|#[\w$]|\beval\b|\bimport\b/;
const OPEN = new Set([
  'Program', 'ExpressionStatement', 'VariableDeclaration', 'VariableDeclarator', 'AssignmentExpression', 'ObjectExpression',
  'Property', 'ArrayExpression', 'CallExpression', 'NewExpression', 'ExportNamedDeclaration', 'ExportDefaultDeclaration',
  'ClassDeclaration', 'ClassExpression', 'ClassBody', 'MethodDefinition', 'LogicalExpression', 'ConditionalExpression',
  'SequenceExpression', 'ParenthesizedExpression',
]);

/**
 * Places of a text: `{ start, end }` is what an edit must lie in, `head` and `tail` stand around it where it is
 * compiled alone, `name` is what is left out of it, `fixed` what no edit may touch, and `parts` are the insertions that have the live function ask
 * for another, with the number of the place where `@` stands. `start` tells where the file's own statements begin.
 */
function placesOf(text) {
  let acorn;
  try {
    acorn = require('internal/deps/acorn/acorn/dist/acorn');
  } catch {
    return null;
  }
  for (const sourceType of ['script', 'module']) {
    try {
      const options = { ecmaVersion: 'latest', sourceType, allowHashBang: true, allowReturnOutsideFunction: sourceType === 'script' };
      return found(acorn.parse(text, options), text);
    } catch {
      // The other kind of source, or none.
    }
  }
  return null;
}

function found(program, text) {
  const places = [];
  look(program, [], (node, around) => {
    const place = placeOf(node, around, text);
    if (place) places.push(place);
  });
  const directives = program.body.filter(({ directive }) => directive);
  const start = directives.length ? directives[directives.length - 1].end : program.body.length ? program.body[0].start : text.length;
  return { places, start, names: program.body.flatMap(namesOf) };
}

/** The names that a statement of the file binds, patterns aside. */
function namesOf(statement) {
  const inner = statement.declaration || statement;
  if (inner.type === 'VariableDeclaration') {
    return inner.declarations.filter(({ id }) => id.type === 'Identifier').map(({ id }) => id.name);
  }
  return /^(?:Function|Class)Declaration$/.test(inner.type) && inner.id ? [inner.id.name] : [];
}

function look(node, around, told) {
  if (/^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) {
    told(node, around);
    return;
  }
  if (!OPEN.has(node.type)) return;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child.type === 'string') look(child, [...around, node], told);
    }
  }
}

function placeOf(node, around, text) {
  if (NEVER.test(text.slice(node.start, node.end))) return null;
  const owner = around[around.length - 1];
  const shape = around.findLast(({ type }) => type === 'ClassDeclaration' || type === 'ClassExpression');
  const isMethod = owner.type === 'MethodDefinition' && owner.value === node;
  if (shape && (!isMethod || (shape.type === 'ClassExpression' && shape.id))) return null;
  if (node.type === 'ArrowFunctionExpression') return arrow(node, text);
  const kind = `${node.async ? 'async ' : ''}${node.generator ? '*' : ''}`;
  const isValue = (owner.type === 'MethodDefinition' || owner.type === 'Property') && owner.value === node;
  const isMember = isValue && (owner.kind !== 'init' || owner.method);
  if (owner.kind === 'constructor' && shape.superClass) return null;
  const [first] = node.params;
  const isPlain = node.params.every(({ type }) => type === 'Identifier');
  const fixed = isPlain ? null : [first.start, node.params[node.params.length - 1].end];
  if (fixed && /[(]|\+\+|--/.test(text.slice(...fixed))) return null; // The live function would evaluate it as well.
  const parts = asking(node, text);
  if (!isMember) {
    if (node.type === 'FunctionExpression' && node.id && usesItself(node, text)) return null;
    const name = node.type === 'FunctionDeclaration' && node.id ? [node.id.start, node.id.end] : null;
    return { start: node.start, end: node.end, head: '(', tail: '\n)', name, fixed, parts };
  }
  const [before, after] = shape ? ['(function(){"use strict";return ', '})()'] : ['(', ')'];
  return { start: node.start, end: node.end, head: `${before}({${kind}m`, tail: `\n}).m${after}`, name: null, fixed, parts };
}

/** Whether a function has properties of itself in use, which another one in its place would not have. */
function usesItself({ id, start, end }, text) {
  return new RegExp(`${id.name.replace(/\$/g, '\\$')}\\s*[.[]`).test(text.slice(start, end));
}

function asking(node, text) {
  const directives = node.body.body.filter(({ directive }) => directive);
  const at = directives.length ? directives[directives.length - 1].end : node.body.start + 1;
  const separator = directives.length && text[at - 1] !== ';' ? ';' : '';
  const pass = node.generator ? 'return yield*' : 'return';
  return [[at, `${separator}if(__goldseam.d[@])${pass} __goldseam.d[@].apply(this,arguments);`]];
}

/** An arrow function is put into another one, with as many parameters, which asks first. */
function arrow(node, text) {
  const names = [];
  const parameters = node.params.map((one, at) => {
    if (one.type === 'RestElement') {
      names.push(`...__goldseam${at}`);
      return `...__goldseam${at}`;
    }
    names.push(`__goldseam${at}`);
    return one.type === 'AssignmentPattern' ? `__goldseam${at}=void 0` : `__goldseam${at}`;
  });
  const call = `(${names.join(',')})`;
  const parts = [
    [node.start, `(${parameters.join(',')})=>__goldseam.d[@]?__goldseam.d[@]${call}:(`],
    [node.end, `)${call}`],
  ];
  if (/\barguments\b/.test(text.slice(node.start, node.end))) return null;
  return { start: node.start, end: node.end, head: '(', tail: '\n)', name: null, fixed: null, parts };
}

module.exports = { placesOf };
