"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const orders_1 = require("./orders");
async function main() {
    const desk = new orders_1.Desk();
    await null;
    console.log(desk.close({ items: [{}] }));
}
main();
//# sourceMappingURL=main.js.map