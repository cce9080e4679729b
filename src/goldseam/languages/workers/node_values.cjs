/*
 * Runs in a box: values as short plain text, out of the previews that the inspector makes. Strings come whole
 * up to 400 characters, so that secrets can be found in them before they are cut.
 */
'use strict';

const MAX_ITEMS = 4;
const MAX_TEXT = 400;

function kindOf(value) {
  return String(value.subtype === 'null' ? 'null' : value.className || value.type).slice(0, 80);
}

function textOf(value) {
  if (value.type === 'string') return JSON.stringify(value.value.slice(0, MAX_TEXT));
  if (value.type === 'undefined' || value.subtype === 'null') return value.type === 'undefined' ? 'undefined' : 'null';
  if (value.unserializableValue) return value.unserializableValue.slice(0, MAX_TEXT);
  if (value.type !== 'object') return String(value.value ?? value.description).slice(0, MAX_TEXT);
  return previewed(value).slice(0, MAX_TEXT);
}

function previewed(value) {
  const preview = value.preview;
  if (!preview || value.subtype === 'error') return String(value.description || value.className).split('\n')[0];
  const isList = preview.subtype === 'array' || preview.subtype === 'typedarray';
  const parts = (preview.entries || preview.properties || []).slice(0, MAX_ITEMS).map((one) => {
    if (one.key) return `${one.key.description} => ${one.value.description}`;
    if (!one.name) return String(one.value.description);
    const text = one.type === 'string' ? JSON.stringify(one.value) : String(one.value);
    return isList ? text : `${one.name}: ${text}`;
  });
  const all = preview.entries || preview.properties || [];
  if (preview.overflow || all.length > MAX_ITEMS) parts.push('...');
  const name = ['Object', 'Array'].includes(value.className) ? '' : `${value.className} `;
  return isList ? `${name}[${parts.join(', ')}]` : `${name}{${parts.join(', ')}}`;
}

module.exports = { kindOf, textOf };
