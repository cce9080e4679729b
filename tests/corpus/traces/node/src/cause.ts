type Settings = { port: number };

function parse(text: string): Settings {
  return JSON.parse(text) as Settings;
}

function load(text: string): Settings {
  try {
    return parse(text);
  } catch (error) {
    throw new Error('bad settings', { cause: error });
  }
}

load('{');
