function evaluate(rule) {
  return eval(rule);
}

evaluate('rate * 2');
