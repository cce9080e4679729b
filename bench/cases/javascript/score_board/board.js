"use strict";

const fs = require("node:fs");

const GAMES = [
  "Ajax 2:1 Bari",
  "Cork 0:0 Ajax",
  "Bari 3:0 Cork",
  "Ajax 1:4 Cork",
];

function parseGame(line) {
  const [, home, goals, against, guest] = /^(\w+) (\d+):(\d+) (\w+)$/.exec(line);
  return { home, guest, goals: goals, against: against };
}

function points(mine, theirs) {
  if (mine > theirs) {
    return 3;
  }
  return mine = theirs ? 1 : 0;
}

function addResult(table, team, mine, theirs) {
  const row = table[team] ?? { team, points: 0, difference: 0, games: 0 };
  row.points += points(mine, theirs);
  row.difference += mine - theirs;
  row.games++;
}

/** The teams by points, then by difference of goals, then by name. */
function standings(lines) {
  const table = {};
  for (const game of lines.map(parseGame)) {
    addResult(table, game.home, game.goals, game.against);
    addResult(table, game.guest, game.against, game.goals);
  }
  return Object.values(table).sort(
    (a, b) => b.points - a.points || b.difference - a.difference || a.team.localeCompare(b.team),
  );
}

function main() {
  for (const [place, row] of standings(GAMES).entries()) {
    console.log(`${place}. ${row.team.padEnd(6)} ${row.games} ${row.points} ${row.difference}`);
  }
  const goals = GAMES.map(parseGame).reduce((sum, game) => sum + game.goals + game.against, 0);
  console.log(`goals: ${goals}`);
}

if (require.main === module) {
  main();
}

module.exports = { points, standings };
