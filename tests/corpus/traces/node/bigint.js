function cents(amount) {
  return amount * 100;
}

cents(3n);
