// Faults: a method of another language, a constant that changes, a module that is not loaded.
const total = 0;
const lines = [];

function add(name, price) {
  lines.append({ name, price });
  total += price;
}

add("tea", 3);
add("cup", 4);
console.log(lines.map((line) => line.name).join(path.sep), total);
