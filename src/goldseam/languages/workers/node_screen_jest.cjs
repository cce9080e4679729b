/*
 * Runs in a box, in a process that tries candidates, as part of jest: takes over where jest would run the tests of
 * a file. The file is loaded again and again by jest's own runtime, into a new tree of tests; what its transformer
 * would leave as it is, is not given to it.
 */
'use strict';

const Module = require('node:module');
const path = require('node:path');
const { NAME } = require('./node_screen_swap.cjs');
const { Block, Unit } = require('./node_screen_registry.cjs');
const { Session, called } = require('./node_screen_tests.cjs');

const KINDS = { beforeAll: 'before', afterAll: 'after', beforeEach: 'beforeEach', afterEach: 'afterEach' };
const LAYOUT = /[\s;,()'"`]|\/\/# sourceMappingURL=.*/g;
const STYLE = {
  context: () => ({ isSkipped: false }),
  hook: (body) => called(body, [], 1, {}),
  body: (unit) => called(unit.body, [], 1, {}),
};

class Program {
  constructor(root, files) {
    this.root = root;
    this.places = files.map((file) => path.join(root, file));
    this.texts = new Map();
    this.codes = new Map();
    this.same = new Map();
    this.isForeign = false;
    this.world = { isWatched: false };
  }

  /** What jest tells of the file that is about to run. */
  enter(environment, state, runtime, main) {
    Object.assign(this, { environment, state, runtime, main });
    this.kept = state.rootDescribeBlock.hooks.slice(0, this.flags.some((flag) => runtime._config[flag]) ? 1 : 0);
  }

  get flags() {
    return ['resetModules', 'clearMocks', 'resetMocks', 'restoreMocks'];
  }

  /** The code of a file, or of the text that stands in for it. */
  code(runtime, before, file, options) {
    const text = this.texts.get(file);
    if (text === undefined) {
      if (!this.codes.has(file)) this.codes.set(file, this.unwatched(() => Reflect.apply(before, runtime, [file, options])));
      return this.codes.get(file);
    }
    if (this.isSame(runtime, before, file, options)) return text;
    return runtime._scriptTransformer.transformSource(file, text, runtime._getFullTransformationOptions(options)).code;
  }

  /** Whether the transformer changes no more than the layout of a file. */
  isSame(runtime, before, file, options) {
    if (!this.same.has(file)) {
      const [code, text] = this.unwatched(() => [Reflect.apply(before, runtime, [file, options]), runtime.readFile(file)]);
      this.same.set(file, code.replace(LAYOUT, '') === text.replace(LAYOUT, ''));
    }
    return this.same.get(file);
  }

  /** What jest reads itself, no test has looked at. */
  unwatched(action) {
    const { isWatched } = this.world;
    this.world.isWatched = false;
    try {
      return action();
    } finally {
      this.world.isWatched = isWatched;
    }
  }

  /** The global object of the program. */
  get realm() {
    return this.environment.global;
  }

  get canExchange() {
    return this.places.every((file) => this.same.get(file) !== false);
  }

  * load(texts) {
    const { environment, runtime, state } = this;
    this.texts = texts;
    environment.global[NAME] = globalThis[NAME];
    runtime.resetModules();
    const root = { ...state.rootDescribeBlock, children: [], hooks: [...this.kept], tests: [] };
    Object.assign(state, {
      rootDescribeBlock: root, currentDescribeBlock: root, hasStarted: false, hasFocusedTests: false, unhandledErrors: [],
    });
    for (const file of runtime._config.setupFilesAfterEnv || []) runtime.requireModule(file);
    runtime.requireModule(this.main);
    if (state.unhandledErrors.length) throw state.unhandledErrors[0];
    return this.unitsOf(root, this.blockOf(root, null));
  }

  blockOf(told, parent) {
    const block = new Block(told.name, parent, told.mode === 'skip' || told.mode === 'todo');
    for (const { fn, type } of told.hooks) block.hooks[KINDS[type]].push(fn);
    return block;
  }

  unitsOf(told, block) {
    return told.children.flatMap((child) => {
      if (child.type === 'describeBlock') return this.unitsOf(child, this.blockOf(child, block));
      const isFocused = !this.state.hasFocusedTests || child.mode === 'only';
      const skip = block.skip || child.mode === 'skip' || child.mode === 'todo' || child.failing || !isFocused || !child.fn;
      const unit = new Unit(child.name, block, child.fn, 1, Boolean(skip));
      unit.id = `${path.relative(this.runtime._config.rootDir, this.main)}::${[...block.path, child.name].join(' > ')}`;
      return [unit];
    });
  }

  idsOf(unit, wanted) {
    return wanted.has(unit.id) ? [unit.id] : [];
  }

  session() {
    return new Session(STYLE);
  }

  stray() {}

  exported() {
    return [...this.runtime._moduleRegistry].filter(([file]) => this.places.includes(file)).map(([, module]) => module.exports);
  }
}

function begin(Screen, job) {
  const program = new Program(job.root, job.files);
  const load = Module._load;
  let runtime = null;
  const patched = new WeakSet();
  Module._load = function loaded(request, ...rest) {
    const module = Reflect.apply(load, this, [request, ...rest]);
    if (typeof request !== 'string' || module === null || typeof module !== 'object' || patched.has(module)) return module;
    if (/\bjest-runtime\b/.test(request) && module.default) {
      patched.add(module);
      const { requireModule, transformFile } = module.default.prototype;
      Object.assign(module.default.prototype, {
        requireModule(...given) {
          runtime = this;
          return Reflect.apply(requireModule, this, given);
        },
        transformFile(file, options) {
          if (options && options.isInternalModule) return Reflect.apply(transformFile, this, [file, options]);
          return program.code(this, transformFile, file, options);
        },
      });
    }
    if (/\bjest-environment-/.test(request)) {
      patched.add(module);
      const Environment = module.TestEnvironment || module.default;
      if (Environment) follow(Environment, (environment, state) => {
        program.enter(environment, state, runtime, job.main);
        setImmediate(() => new Screen(program).run());
      });
    }
    return module;
  };
}

/** Stop jest where it would run tests: what it waits for then never comes. */
function follow(Environment, found) {
  const before = Environment.prototype.handleTestEvent;
  Environment.prototype.handleTestEvent = function handleTestEvent(event, state) {
    if (event.name === 'run_start') {
      found(this, state);
      return new Promise(() => {});
    }
    return before ? Reflect.apply(before, this, [event, state]) : undefined;
  };
}

module.exports = { begin };
