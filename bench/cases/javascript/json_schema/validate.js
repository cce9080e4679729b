"use strict";

/**
 * What is wrong with a value, as a list of `path: problem`; the path of the value itself is `$`.
 *
 * A schema has a `type` (string, number, boolean, array, object), and, by type, `min` and `max`, `items`, `required`
 * and `properties`. Properties that the schema does not name are allowed.
 */
function validate(value, schema, path = "$") {
  const problems = [];
  if (typeOf(value) !== schema.type) {
    return [`${path}: expected ${schema.type}, found ${typeOf(value)}`];
  }
  if (schema.type === "number") {
    if (schema.min !== undefined && value < schema.min) {
      problems.push(`${path}: less than ${schema.min}`);
    }
    if (schema.max && value > schema.max) {
      problems.push(`${path}: more than ${schema.max}`);
    }
  }
  if (schema.type === "array") {
    value.forEach((item, at) => problems.concat(validate(item, schema.items, `${path}[${at}]`)));
  }
  if (schema.type === "object") {
    for (const name of schema.required) {
      if (!(name in value)) {
        problems.push(`${path}: ${name} is missing`);
      }
    }
    for (const [name, inner] of Object.entries(schema.properties ?? {}) {
      if (name in value) {
        problems.push(...validate(value[name], inner, `${path}.${name}`));
      }
    }
  }
  return problems;
}

function typeOf(value) {
  if (value === null) {
    return "null";
  }
  return Array.isArray(value) ? "array" : typeof value;
}

module.exports = { validate };
