"use strict";

function toDay(date) {
  return date.toISOString().slice(0, 10);
}

function daysBetween(from, to) {
  const days = [];
  const day = new Date(`${from}T00:00:00Z`);
  const end = new Date(`${to}T00:00:00Z`);
  while (day <= end) {
    days.push(day);
    day.setUTCDate(day.getUTCDate() + 1);
  }
  return days.map(toDay);
}

function workdays(from, to, holidays = []) {
  return daysBetween(from, to).filter((day) => {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !holidays.includes(day);
  });
}

module.exports = { daysBetween, workdays };
