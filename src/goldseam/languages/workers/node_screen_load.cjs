/*
 * Runs in a box, in a process that tries candidates: loads a program of Node again and again. Each time the modules
 * of the project are new, so that no candidate finds state of another one; what is not the project's stays loaded.
 * A text may stand in for a file. Of a file without one the compiled code is kept.
 */
'use strict';

const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const vm = require('node:vm');
const { fileURLToPath, pathToFileURL } = require('node:url');

const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];
const DYNAMIC = vm.constants && vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;

class Loader {
  /** `builtins` maps names to what a program gets in the place of Node's own modules. */
  constructor(root, builtins) {
    this.root = root + path.sep;
    this.builtins = builtins;
    this.texts = new Map();
    this.compiled = new Map();
    this.loaded = [];
    this.isForeign = false;
    this.graph = null;
    this.takeOver();
  }

  isOwn(file) {
    return file.startsWith(this.root) && !file.includes('/node_modules/');
  }

  takeOver() {
    const load = Module._load;
    const { builtins } = this;
    Module._load = function loaded(request, ...rest) {
      return Object.hasOwn(builtins, request) ? builtins[request] : Reflect.apply(load, this, [request, ...rest]);
    };
    for (const kind of ['.js', '.cjs', '.json']) {
      const before = Module._extensions[kind] || Module._extensions['.js'];
      Module._extensions[kind] = (module, file) => {
        if (!this.isOwn(file)) return before(module, file);
        this.loaded.push(file);
        if (kind === '.json' || (kind === '.js' && this.isModule(file))) return before(module, file);
        return this.run(module, file);
      };
    }
  }

  run(module, file) {
    if (Object.hasOwn(module, '_compile')) { // A tool that rewrites sources stands in between.
      this.isForeign = true;
      return module._compile(this.textOf(file), file);
    }
    const compiled = this.kept(file, (text) => this.functionOf(text, file));
    const required = (id) => module.require(id);
    required.resolve = (id, options) => Module._resolveFilename(id, module, false, options);
    required.main = process.mainModule;
    required.cache = Module._cache;
    required.extensions = Module._extensions;
    return Reflect.apply(compiled, module.exports, [module.exports, required, module, file, path.dirname(file)]);
  }

  functionOf(text, file) {
    const importModuleDynamically = this.graph ? (specifier) => this.graph.imported(specifier, file) : DYNAMIC;
    return vm.compileFunction(text, PARAMETERS, { filename: file, importModuleDynamically });
  }

  kept(file, make) {
    if (this.texts.has(file)) return make(this.textOf(file));
    if (!this.compiled.has(file)) this.compiled.set(file, make(this.textOf(file)));
    return this.compiled.get(file);
  }

  textOf(file) {
    const text = this.texts.get(file) ?? readFileSync(file, 'utf8');
    const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    return plain.startsWith('#!') ? `//${plain.slice(2)}` : plain;
  }

  /** What the modules of the project give to others. */
  exported() {
    const common = this.loaded.map((file) => Module._cache[file]).filter(Boolean).map((module) => module.exports);
    return [...common, ...(this.graph ? [...this.graph.modules.values()].map(({ namespace }) => ({ ...namespace })) : [])];
  }

  /** Whether Node takes a file for an ES module. */
  isModule(file) {
    const kind = path.extname(file);
    if (kind !== '.js') return kind === '.mjs';
    this.types ??= new Map();
    const folder = path.dirname(file);
    if (!this.types.has(folder)) this.types.set(folder, typeOf(folder) === 'module');
    return this.types.get(folder);
  }

  /** Load the program, with `texts` in the place of files; a promise if its modules are ES modules. */
  load(main, texts) {
    this.texts = texts;
    for (const file of this.loaded) delete Module._cache[file];
    this.loaded.length = 0;
    if (!this.isModule(main)) {
      if (this.graph) this.graph.modules.clear();
      return void Module._load(main, null, true);
    }
    this.graph ??= new Graph(this);
    this.graph.modules.clear();
    return this.graph.evaluated(main);
  }
}

function typeOf(folder) {
  for (let at = folder; ; at = path.dirname(at)) {
    try {
      return JSON.parse(readFileSync(path.join(at, 'package.json'), 'utf8')).type;
    } catch (error) {
      if (error.code !== 'ENOENT' || at === path.dirname(at)) return undefined;
    }
  }
}

/** ES modules of the project, made anew for each program. */
class Graph {
  constructor(loader) {
    this.loader = loader;
    this.modules = new Map();
    this.strangers = new Map();
    this.data = new Map();
    this.places = new Map();
    this.resolve = null;
  }

  async evaluated(main) {
    if (this.resolve === null) {
      this.resolve = (await import('data:text/javascript,export default (to, from) => import.meta.resolve(to, from)')).default;
    }
    const module = this.moduleOf(main);
    await this.ready(module);
    return module;
  }

  async ready(module) {
    if (module.status === 'unlinked') await module.link((specifier, from) => this.linked(specifier, from.identifier));
    await module.evaluate();
  }

  moduleOf(file) {
    let module = this.modules.get(file);
    if (!module) {
      const url = pathToFileURL(file).href;
      const text = this.loader.textOf(file);
      module = new vm.SourceTextModule(text, {
        identifier: url,
        initializeImportMeta: (meta) => {
          Object.assign(meta, { url, dirname: path.dirname(file), filename: file });
          meta.resolve = (to) => this.resolve(to, url);
        },
        importModuleDynamically: (specifier) => this.imported(specifier, file),
        cachedData: this.loader.texts.has(file) ? undefined : this.dataOf(file, text, url),
      });
      this.modules.set(file, module);
    }
    return module;
  }

  /** The compiled code of a file, for which no text stands in. */
  dataOf(file, text, url) {
    if (!this.data.has(file)) this.data.set(file, new vm.SourceTextModule(text, { identifier: url }).createCachedData());
    return this.data.get(file);
  }

  async imported(specifier, from) {
    const module = await this.linked(specifier, pathToFileURL(from).href);
    await this.ready(module);
    return module.namespace;
  }

  linked(specifier, from) {
    const key = `${from} ${specifier}`;
    if (!this.places.has(key)) this.places.set(key, this.placeOf(specifier, from));
    const place = this.places.get(key);
    if (place.stranger) return this.stranger(place.stranger);
    if (this.loader.isModule(place.file)) return this.moduleOf(place.file);
    if (!this.modules.has(place.file)) this.modules.set(place.file, this.common(place.file));
    return this.modules.get(place.file);
  }

  placeOf(specifier, from) {
    if (Object.hasOwn(this.loader.builtins, specifier)) return { stranger: specifier };
    const url = this.resolve(specifier, from);
    if (!url.startsWith('file:')) return { stranger: url };
    const file = fileURLToPath(url);
    return this.loader.isOwn(file) && /\.(?:[cm]?js|json)$/.test(file) ? { file } : { stranger: url };
  }

  /** A module of Node or of a package; it stays. */
  stranger(name) {
    if (!this.strangers.has(name)) {
      const made = this.loader.builtins[name];
      const held = made ? Promise.resolve({ default: made, ...made }) : import(name);
      const found = held.then((exported) => synthetic(name, exported));
      this.strangers.set(name, found);
      found.then((module) => this.strangers.set(name, module), () => {});
    }
    return this.strangers.get(name);
  }

  /** A CommonJS module of the project; it runs when it is linked. */
  common(file) {
    const held = Module._load(file, null, false);
    const names = held !== null && (typeof held === 'object' || typeof held === 'function') ? { ...held } : {};
    return synthetic(file, { ...names, default: held });
  }
}

function synthetic(name, held) {
  return new vm.SyntheticModule(Object.keys(held), function fill() {
    for (const key of Object.keys(held)) this.setExport(key, held[key]);
  }, { identifier: name });
}

module.exports = { Loader };
