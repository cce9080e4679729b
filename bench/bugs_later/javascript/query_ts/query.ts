export type Value = string | string[];
export type Query = Record<string, Value>;

interface Link {
  path: string;
  query: Query;
}

function decoded(text: string): string {
  return decodeURIComponent(text);
}

export function parseQuery(text: string): Query {
  const found: Query = {};
  for (const part of text.replace(/^\?/, "").split("&")) {
    if (part === "") continue;
    const [rawName, ...rest] = part.split("=");
    const name = decoded(rawName);
    const value = decoded(rest.join("="));
    const before = found[name];
    if (before === undefined) {
      found[name] = value;
    } else {
      found[name] = [before as string, value];
    }
  }
  return found;
}

export function parseLink(link: string): Link {
  const [path, text = ""] = link.split("?");
  return { path, query: parseQuery(text) };
}

export function writeQuery(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return pairs.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
}

export function toggled(link: string, name: string, value: string): string {
  const { path, query } = parseLink(link);
  const values = [query[name] ?? []].flat();
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  const text = writeQuery({ ...query, [name]: next });
  return text ? `${path}?${text}` : path;
}
