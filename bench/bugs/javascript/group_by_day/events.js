"use strict";

function dayOf(timestamp) {
  return timestamp.slice(0, 10);
}

function groupByDay(events) {
  const groups = {};
  for (const event of events) {
    const day = dayOf(event.at);
    if (!groups[day]) {
      groups[day] = [];
    } else {
      groups[day].push(event);
    }
  }
  return groups;
}

function busiestDay(events) {
  const groups = groupByDay(events);
  const days = Object.keys(groups).sort();
  return days.reduce((best, day) => (groups[day].length > (groups[best] || []).length ? day : best), null);
}

module.exports = { groupByDay, busiestDay };
