function parse(text) {
  return JSON.parse(text);
}

try {
  parse('{"rate": ');
} catch (error) {
  console.error('settings are unreadable:', error);
}
process.exit(1);
