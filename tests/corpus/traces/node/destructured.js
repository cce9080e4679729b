function label({ name, price }) {
  return `${name}: ${price}`;
}

label(undefined);
