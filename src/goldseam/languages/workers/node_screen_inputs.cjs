/*
 * Runs in a box, in a process that probes candidates: inputs of functions. Copies that share nothing with what they
 * are made of, others near by, and texts that are equal for values that are alike.
 */
'use strict';

const { types } = require('node:util');

const MOST_OBJECTS = 2_000;
const MOST_PARTS = 200;
const MOST_TEXT = 2_000;
const DEPTH = 8;
const DAY = 86_400_000;
const PRIVATE = /\.#[A-Za-z_$]|^\s*(?:static\s+)?#[A-Za-z_$]/m;

class Uncopied extends Error {}

/**
 * A copy of a value; raises `Uncopied` for what is no plain data and has no public parts. What `asIs` says stays
 * the same object, and functions become what `functionOf(function, isData)` gives; data are those in a row or a map.
 * `seen` maps what was copied to its copy.
 */
function copied(value, seen, asIs, functionOf, isData = true) {
  if (typeof value === 'function') return functionOf(value, isData);
  if (value === null || typeof value !== 'object' || asIs(value)) return value;
  if (seen.has(value)) return seen.get(value);
  if (seen.size >= MOST_OBJECTS) throw new Uncopied('it is too large');
  const part = (inner, isInner) => copied(inner, seen, asIs, functionOf, isInner);
  const copy = emptied(value);
  seen.set(value, copy);
  const isRow = Array.isArray(value);
  if (types.isMap(value)) for (const [key, inner] of value) copy.set(part(key, true), part(inner, true));
  if (types.isSet(value)) for (const inner of value) copy.add(part(inner, true));
  if (ArrayBuffer.isView(value)) return copy;
  for (const name of Reflect.ownKeys(value)) {
    if (isRow && name === 'length') continue;
    const property = Object.getOwnPropertyDescriptor(value, name);
    if ('value' in property) property.value = part(property.value, isRow || isData);
    Object.defineProperty(copy, name, property);
  }
  return copy;
}

/** A new object of the same class, without its properties. */
function emptied(value) {
  const shape = Object.getPrototypeOf(value);
  const like = (made) => (Object.getPrototypeOf(made) === shape ? made : Object.setPrototypeOf(made, shape));
  if (Array.isArray(value)) return like(new Array(value.length));
  if (types.isDate(value)) return like(new Date(Number(value)));
  if (types.isMap(value)) return like(new Map());
  if (types.isSet(value)) return like(new Set());
  if (types.isRegExp(value)) return like(new RegExp(value.source, value.flags));
  if (types.isNativeError(value)) return like(new Error());
  if (types.isAnyArrayBuffer(value)) return like(value.slice(0));
  if (Buffer.isBuffer(value)) return Buffer.from(value);
  if (ArrayBuffer.isView(value) && !types.isDataView(value)) return like(value.slice());
  if (Object.prototype.toString.call(value) === '[object Object]' && !types.isProxy(value) && !isClosed(value)) {
    return Object.create(shape);
  }
  throw new Uncopied('it is no plain data');
}

/** Whether an object has private members, which no copy would have. */
function isClosed(value) {
  for (let shape = Object.getPrototypeOf(value); shape && !isPlainShape(shape); shape = Object.getPrototypeOf(shape)) {
    const made = Object.getOwnPropertyDescriptor(shape, 'constructor');
    if (made && typeof made.value === 'function' && PRIVATE.test(Function.prototype.toString.call(made.value))) return true;
  }
  return false;
}

function isPlainShape(shape) {
  return shape === null || Object.getPrototypeOf(shape) === null;
}

function isPlain(value) {
  return value !== null && typeof value === 'object' && isPlainShape(Object.getPrototypeOf(value));
}

const chosen = (row, source) => row[Math.floor(source() * row.length)];

/** Arguments, a copy of one's own, with one to three of them changed a little. */
function varied(given, source) {
  for (let times = given.length ? chosen([1, 1, 2, 3], source) : 0; times > 0; times -= 1) {
    const at = Math.floor(source() * given.length);
    given[at] = other(given[at], source);
  }
  return given;
}

/** A value of the same kind near by; what is no plain data stays. */
function other(value, source) {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'bigint') return chosen([value - 1n, value + 1n, 2n * value, 0n, -value], source);
  if (typeof value === 'string') return otherText(value, source);
  if (typeof value === 'number') {
    if (Number.isInteger(value)) return chosen([value - 1, value + 1, value + 2, 2 * value, 0, 0 - value], source);
    return Number.isFinite(value) ? chosen([value - 1, value + 1, value / 2, 2 * value, 0, value + 0.005], source) : 0;
  }
  if (Array.isArray(value)) return otherRow(value, source);
  if (types.isDate(value)) {
    value.setTime(Number(value) + chosen([1, 1_000, DAY, -DAY, 30 * DAY, -365 * DAY], source));
  } else if (types.isMap(value) && value.size) {
    const key = chosen([...value.keys()], source);
    if (source() < 0.3) value.delete(key);
    else value.set(key, other(value.get(key), source));
  } else if (types.isSet(value) && value.size) {
    const inner = chosen([...value], source);
    if (source() < 0.5) value.delete(inner);
    value.add(other(inner, source));
  } else if (isPlain(value)) {
    otherParts(value, source);
  }
  return value;
}

function otherParts(value, source) {
  const names = Object.keys(value).filter((name) => 'value' in Object.getOwnPropertyDescriptor(value, name));
  if (!names.length) return;
  const name = chosen(names, source);
  if (source() < 0.3) Reflect.deleteProperty(value, name);
  else Reflect.set(value, name, other(value[name], source));
}

function otherText(text, source) {
  if (!text) return chosen(['', 'a', ' '], source);
  const at = Math.floor(source() * text.length);
  const [before, one, after] = [text.slice(0, at), text[at], text.slice(at + 1)];
  const turned = [...text].map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()));
  return chosen([before + after, before + one + one + after, [...text].reverse().join(''), turned.join(''), ''], source);
}

/** A row of nearly the same parts, sorted if it was. */
function otherRow(row, source) {
  const isOrdered = (one, at) => at === 0 || row[at - 1] <= one;
  const wasSorted = row.length > 1 && row.every((one) => typeof one !== 'object') && row.every(isOrdered);
  const way = source();
  const at = Math.floor(source() * row.length);
  if (!row.length) row.push(0);
  else if (way < 0.1) row.length = 0;
  else if (way < 0.3) row.splice(at, 1);
  else if (way < 0.55) row.splice(Math.floor(source() * (row.length + 1)), 0, row[at]);
  else if (way < 0.85) row[at] = other(row[at], source);
  else if (!wasSorted) row.reverse();
  return wasSorted ? row.sort((one, two) => (one < two ? -1 : one > two ? 1 : 0)) : row;
}

/**
 * A text that is equal for values that are alike: the order of properties, the sign of zero, tiny differences of
 * numbers, functions and messages of errors left out. Objects in `known` are told by the number there.
 */
function described(value, known = new Map(), around = []) {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(9)));
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return JSON.stringify(value.slice(0, MOST_TEXT)) + (value.length > MOST_TEXT ? value.length : '');
  if (typeof value === 'function') return 'function';
  if (value === null || typeof value !== 'object') return String(value);
  if (known.has(value)) return `@${known.get(value)}`;
  if (around.includes(value)) return `^${around.indexOf(value)}`;
  const name = nameOf(value);
  if (around.length >= DEPTH || types.isNativeError(value) || types.isProxy(value)) return name;
  return `${name} {${partsOf(value, (inner) => described(inner, known, [...around, value])).join(', ')}}`;
}

function partsOf(value, told) {
  const parts = [];
  if (types.isDate(value)) parts.push(Number(value));
  if (types.isRegExp(value) || types.isBoxedPrimitive(value)) parts.push(String(value));
  if (types.isMap(value)) for (const [key, inner] of [...value].slice(0, MOST_PARTS)) parts.push(`${told(key)} => ${told(inner)}`);
  if (types.isSet(value)) for (const inner of [...value].slice(0, MOST_PARTS)) parts.push(told(inner));
  if (types.isAnyArrayBuffer(value)) return [...new Uint8Array(value).subarray(0, MOST_PARTS)];
  if (Array.isArray(value)) parts.push(value.length);
  const names = Reflect.ownKeys(value).slice(0, 2 * MOST_PARTS).map((key) => [key, Object.getOwnPropertyDescriptor(value, key)]);
  const shown = names.filter(([, property]) => property && property.enumerable).slice(0, MOST_PARTS);
  const texts = shown.map(([key, property]) => `${String(key)}: ${'value' in property ? told(property.value) : 'accessor'}`);
  return [...parts, ...(Array.isArray(value) ? texts : texts.sort())];
}

/** The name of a value's class. */
function nameOf(value) {
  const shape = Object.getPrototypeOf(value);
  const made = shape && Object.getOwnPropertyDescriptor(shape, 'constructor');
  return made && typeof made.value === 'function' ? String(made.value.name) : 'object';
}

module.exports = { copied, described, isPlain, nameOf, varied };
