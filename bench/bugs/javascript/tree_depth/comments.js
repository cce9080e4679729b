"use strict";

/** Comments as trees: each under the one that it answers, in the order of their coming; those that answer
 * nothing, or a comment that is gone, are the roots. */
function threads(comments) {
  const byId = new Map(comments.map((comment) => [comment.id, { ...comment, replies: [] }]));
  const roots = [];
  for (const comment of byId.values()) {
    const parent = byId.get(comment.parent);
    if (parent) {
      parent.replies.push(comment);
    } else {
      roots.push(comment);
    }
  }
  return roots;
}

/** How many comments there are in these trees. */
function size(trees) {
  return trees.reduce((sum, tree) => sum + size(tree.replies), 0);
}

/** How deep the deepest tree is; a comment without replies is 1 deep. */
function depth(trees) {
  return trees.length === 0 ? 0 : 1 + Math.max(...trees.map((tree) => depth(tree.replies)));
}

module.exports = { depth, size, threads };
