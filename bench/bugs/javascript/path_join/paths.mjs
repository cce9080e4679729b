/**
 * One path of several parts: `.` and empty parts go, `..` takes the part before it away.
 *
 * A path that begins with a slash stays so, and `..` at its root is nothing. At the start of any other path
 * `..` is kept.
 */
export function join(...parts) {
  const text = parts.filter((part) => part !== "").join("/");
  const absolute = text.startsWith("/");
  const kept = [];
  for (const part of text.split("/")) {
    if (part === "" || part === ".") {
      continue;
    }
    if (part !== "..") {
      kept.push(part);
    } else if (kept.length > 0) {
      kept.pop();
    } else if (!absolute) {
      kept.push(part);
    }
  }
  return (absolute ? "/" : "") + kept.join("/") || ".";
}

/** The last part of a path without the suffix, if it has that. */
export function baseName(path, suffix = "") {
  const last = path.split("/").filter(Boolean).pop() ?? "";
  return suffix && last.endsWith(suffix) ? last.slice(0, suffix.length) : last;
}
