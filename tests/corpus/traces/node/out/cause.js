"use strict";
function parse(text) {
    return JSON.parse(text);
}
function load(text) {
    try {
        return parse(text);
    }
    catch (error) {
        throw new Error('bad settings', { cause: error });
    }
}
load('{');
//# sourceMappingURL=cause.js.map