"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Desk = void 0;
exports.total = total;
/** The sum of all prices. */
function total(items) {
    return items.reduce((sum, item) => sum + item.price.amount, 0);
}
class Desk {
    close(order) {
        return total(order.items).toFixed(2);
    }
}
exports.Desk = Desk;
//# sourceMappingURL=orders.js.map